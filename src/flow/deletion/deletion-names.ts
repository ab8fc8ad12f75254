/** Names that say what is meant: handlers that are there to erase, columns that only hide a row. */
import { remembered } from "../../base/remembered-texts.js";

const verbs =
  /(?:^|[^a-z])(?:delete|remove|erase|purge|destroy|wipe|deregister|unregister|forget|anonymi[sz]e|withdraw)(?![a-z]*ed\b)/u;
const closing =
  /(?:^|[^a-z])(?:close|cancel|terminate|leave|end)[^a-z]*(?:my[^a-z]*)?(?:account|membership|profile|registration|user|family|child)/u;

/** `DELETE /children/:id`, `deleteAccount`, `worker("erase-account")`, `POST /account/close` */
export const isDeletionName = remembered((name) => {
  if (/^(?:[A-Z]+\/)*DELETE(?:\/[A-Z]+)*\s/u.test(name)) return true;
  const words = name.replace(/([a-z\d])([A-Z])/gu, "$1 $2").toLowerCase();
  return (
    verbs.test(words) ||
    closing.test(words) ||
    /account[^a-z]+(?:close|closure|deletion)|deregistration|erasure|删除|注销|销户/u.test(words)
  );
});

/** `user.deleted`, `AccountDeleted`, `customers/redact`: what a service tells of a person, and not of a thing of theirs. */
export function isDeletionEvent(name: string): boolean {
  const words = name.replace(/([a-z\d])([A-Z])/gu, "$1_$2").toLowerCase();
  return persons.test(words) || closedAccount.test(words);
}

/**
 * `delete-account`, `user.deleted.v1`, `https://sqs…/account-deletions`: a queue or a topic by which somebody asks for a
 * deletion, or tells that a person is gone. Of other things (`photo.deleted`), nothing but that is told.
 */
export function isDeletionChannel(channel: string): boolean {
  const [name = ""] = channel.split("/").slice(-1);
  // `process.env.ACCOUNT_DELETION_QUEUE_URL`
  const [, setting] = /^env:(.*)$/u.exec(name) ?? [];
  const plain = (setting?.toLowerCase() ?? name).replace(besides, "");
  return isDeletionEvent(plain) || (isDeletionName(plain) && !past.test(plain));
}

/** It has happened to something. */
const past =
  /(?:delet|remov|eras|purg|destroy|wip|anonymi[sz]|deregister|unregister|clos|cancell?|terminat)ed(?![a-z])/iu;
/** What is said of a queue beside what it is for. */
const besides =
  /(?:[^a-z\d](?:queues?|topics?|subscriptions?|subs?|events?|jobs?|tasks?|messages?|commands?|requests?|urls?|arns?|names?|fifo|v\d+)|(?<=[a-z])(?:Queue|Topic|Subscription|Sub|Events?|Jobs?|Tasks?|Messages?|Commands?|Requests?))+$/u;

/** `deletedAt`, `is_deleted`, `archived`: the row stays, and nobody is shown it. */
export function isHidingColumn(column: string): boolean {
  return /^(?:is_?)?(?:deleted|removed|archived|deactivated|disabled|hidden|trashed)|^(?:in)?_?trash$/iu.test(
    column,
  );
}

/** `deletedAt`, `hidden_by`: whatever is put there says that the row is hidden; `disabled` may be somebody's state. */
export function isMomentOfHiding(column: string): boolean {
  return /^(?:is_?)?(?:deleted|removed|archived|trashed)|(?:at|on|by|date|time)$/iu.test(column);
}

const persons =
  /^(?:.*[^a-z])?(?:users?|accounts?|customers?|persons?|profiles?|child|children|kids?|students?|pupils?|players?|guardians?|households?|famil(?:y|ies)|data|gdpr|^members?|(?:family|household|club|school)[^a-z]*members?)[^a-z]+(?:deleted?|removed?|erased?|erasure|deletion|redact(?:ed)?|deregistered)(?:[^a-z]+requested)?$/u;
/** `bank_account.closed` is about money. */
const closedAccount =
  /^(?:users?|accounts?|customers?|profiles?|(?:user|customer|person|child|kid|student|pupil|player|parent|guardian|member|family|household|club|school)[^a-z]*(?:accounts?|profiles?))[^a-z]+closed$/u;

/** `softDelete`: a client that has a word for it shows such rows only to who asks for them. */
export function isSoftDeletion(name: string): boolean {
  return /(?:^|\.)soft[A-Z]\w*$/u.test(name);
}

/** `GET /api/cron/purge`, `cleanUp`, `worker("retention")`: what is there to remove what is old. */
export function isTidyingName(name: string): boolean {
  const words = name.replace(/([a-z\d])([A-Z])/gu, "$1 $2").toLowerCase();
  return /(?:^|[^a-z])(?:cron|purge|prune|tidy|sweep|clean|cleanup|expire|expired|retention|nightly|hourly|daily|weekly|monthly|schedule|scheduled|maintenance|housekeeping|gc|ttl)(?![a-z])/u.test(
    words,
  );
}
