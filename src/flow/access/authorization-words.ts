/** Names and words by which code says that it asks who somebody is, and what that person may do. */

const staff =
  /(?:^|[^a-z])(?:admin(?:istrator)?s?|super_?(?:admin|user)|staff|moderators?|back_?office|employees?|operators?|caseworkers?|helpdesk|support(?:er|_?(?:agent|staff|team))?)(?![a-z])/u;
const others = "(?:owners?|self|own|authors?|creators?|me|members?|parents?|guardians?|users?|participants?)";
const besideOthers = new RegExp(`(?:^|[^a-z])(?:or[^a-z]+${others}|${others}[^a-z]+or)(?![a-z])`, "u");

/** Names and texts of a program are asked again and again; an editor goes on from program to program. */
const mostWords = 50_000;
const staffWords = new Map<string, boolean>();

/** What only staff are: `admin`, `staff`, `BACKOFFICE_USER`; not `assertAdminOrOwner`. */
export function isStaffWord(word: string): boolean {
  let known = staffWords.get(word);
  if (known === undefined) {
    const words = spaced(word);
    known = !besideOthers.test(words) && staff.test(words);
    if (staffWords.size >= mostWords) staffWords.clear();
    staffWords.set(word, known);
  }
  return known;
}

const ordinary =
  /^(?:role[^a-z]+)?(?:users?|members?|customers?|clients?|guests?|students?|pupils?|learners?|child(?:ren)?|kids?|players?|parents?|guardians?|visitors?|subscribers?|anyone|everyone|public)$/u;

/** A role of people who are no staff: `USER`, `ROLE_PARENT`. */
export function isOrdinaryRole(word: string): boolean {
  return ordinary.test(spaced(word));
}

/** How staff are reached, or what a program is set up with for them: `ADMIN_EMAIL`, `adminUrl`; nothing about who asks. */
export function isStaffSetting(name: string): boolean {
  return (
    /^(?!(?:IS|HAS|CAN)_)[A-Z\d]+(?:_[A-Z\d]+)+$/u.test(name) ||
    /(?:e_?mails?|mails?|urls?|uris?|links?|hosts?|domains?|paths?|routes?|ports?|phones?|numbers?|keys?|secrets?|passwords?|cookies?|prefix|language|address(?:es)?|inbox|channels?|webhooks?)$/iu.test(
      name,
    )
  );
}

/** What a person may do: `roles`, `permissions`, `isAdmin`. */
export function isRightName(name: string): boolean {
  return (
    /^(?:user|auth|account|my|own|staff|member)?_?(?:roles?|permissions?|scopes?|privileges?|authorities|entitlements|claims|grants)$/iu.test(
      name,
    ) ||
    /^(?:is|has|can|may)_?(?:[A-Z]\w*)?(?:Admin|Staff|Moderator|Superuser|Employee|Operator|Authenticated|Authori[sz]ed|LoggedIn|SignedIn)/u.test(
      name,
    )
  );
}

/** Who somebody is, where the request, its context or a session says so. */
export function isIdentityName(name: string): boolean {
  return /^(?:(?:current|auth|signed_?in|session|staff|admin|jwt|token)?_?(?:user|session|principal|identity|account|viewer|staff|admin|actor|claims|payload|member)(?:_?id)?|auth|uid|sub|jwt|kauth|oidc|token|accessToken)$/iu.test(
    name,
  );
}

/** How an account stands, of which most do not: who is refused for that leaves everybody else through. */
export function isBanWord(word: string): boolean {
  return /^(?:banned|blocked|suspended|disabled|deactivated|inactive|locked|muted|expelled|revoked|deleted)$/iu.test(
    word,
  );
}

/** What anybody may write into a request. */
export function isOfRequest(name: string): boolean {
  return /^(?:body|query|params?|searchParams|headers?|input|args|form(?:Data)?|files?|cookies|fields)$/u.test(
    name,
  );
}

/** A header or cookie by which a request says that it may: `authorization`, `x-api-key`. */
export function isTokenName(name: string): boolean {
  return /auth|token|key|secret|signature|session|jwt/iu.test(name);
}

/** A cookie or header by whose value a request says whose it is. */
export function isCredentialName(name: string): boolean {
  return isTokenName(name) || /^(?:connect\.)?sid$|sess(?:ion)?_?(?:id)?$|^remember/iu.test(name);
}

const rights =
  "(?:Role|Staff|Admin|Permission|Permitted|Privilege|Right|Allowed|Authori[sz]|Authenticat|Auth|Access|Scope|SignedIn|LoggedIn|LogIn|SignIn|Session|User|Token|Jwt|Can|Member|Employee|Operator)";
const judging = new RegExp(
  `^(?:(?:is|has|can|may|check|verify|validate|must|user)_?${rights}\\w*|(?:is|has|can|may)[A-Z]\\w*(?:Access|Read|View|Export)\\w*|can|may|allows|isAllowed|isPermitted|authori[sz]e[sd]?|authenticate[ds]?)$`,
  "u",
);
const fetching =
  /^(?:(?:get|fetch|load|read|find|resolve|verify|current|use)_?)?(?:Server|Current|Auth(?:enticated)?|SignedIn|LoggedIn|Session|Api|Active)*_?(?:Session|CurrentUser|AuthUser|SessionUser|AuthenticatedUser|Viewer|Principal|Identity|UserFromRequest|UserFromToken|ServerSession|TokenPayload|Claims)$/iu;
const asserting = new RegExp(
  `^(?:(?:require|assert|ensure|enforce|guard|protect|must|need|demand|expect)_?(?:Valid|Is|Has|Be|Current|Only)?_?${rights}\\w*|(?:${rights}\\w*)Required|(?:admin|staff|moderators?|employees?)_?only|throwUnless(?:Can|Allowed|Permitted)|authenticate|authori[sz]e|jwtVerify|verify(?:Jwt|JWT|Token|Session|Auth|Login|Staff|Admin)\\w*|auth(?:enticate|ori[sz]e)(?:Request|User|Staff|Admin)|protect)$`,
  "iu",
);
const comparing = /^(?:compare|compareSync|timingSafeEqual|safeEqual|constantTimeEqual|safeCompare)$/u;
const secret = "(?:Password|Passcode|PassPhrase|Pin|Secret|Credentials)";
/** `argon2.verify(hash, given)`, `user.isPasswordMatch(given)`: whoever knows the word is the one it was kept for. */
const provingSecret = new RegExp(
  `(?:^|\\.)(?:(?:argon2?|bcrypt(?:js)?|scrypt|pbkdf2|(?:password|hash)\\w*)\\.(?:verify|check|matches|isValid)|(?:is|has|check|compare|verify|validate|match|matches|valid|correct)_?(?:Valid|Correct|Matching|User)?_?${secret}(?:Hash)?_?(?:Match(?:es|ing)?|Valid|Correct|Equal)?|${secret}_?(?:Is)?_?(?:Match(?:es)?|Valid|Correct))(?:Sync)?$`,
  "iu",
);

/** `hasRole(…)`, `isStaff(…)`, `ability.can(…)`: true is a yes. */
export function isJudgingName(name: string): boolean {
  return judging.test(last(name)) || comparing.test(last(name)) || provingSecret.test(name);
}

/** `getSession()`, `currentUser()`: nobody, or who it is. */
export function isFetchingName(name: string): boolean {
  return fetching.test(last(name));
}

/** `requireStaff(…)`: it does not return for others. */
export function isAssertingName(name: string): boolean {
  return asserting.test(last(name));
}

/** A text or name by which somebody is refused: `FORBIDDEN`, `UnauthorizedException`, `/login`. */
export function isRefusal(word: string): boolean {
  return (
    /^(?:un_?authori[sz]ed|forbidden|unauthenticated|permission[ _-]denied|access[ _-]denied)$/iu.test(
      word,
    ) ||
    /^(?:not|no|only|please|staff|admins?)\b.*(?:allowed|permitted|authori[sz]ed|signed in|logged in|permission|access|only|staff|admins?|sign in|log in)\b/iu.test(
      word,
    ) ||
    /(?:^|\/)(?:login|log-in|signin|sign-in|auth\/login|unauthori[sz]ed|forbidden|403|401)(?:[/?#]|$)/iu.test(
      word,
    )
  );
}

export function isRefusingClass(name: string): boolean {
  return /(?:Forbidden|Unauthori[sz]ed|Unauthenticated|AccessDenied|NotAllowed|NotPermitted|Permission|Authori[sz]ation|Authentication)\w*$/u.test(
    last(name),
  );
}

function last(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

function spaced(word: string): string {
  return word.replace(/([a-z\d])([A-Z])/gu, "$1 $2").toLowerCase();
}
