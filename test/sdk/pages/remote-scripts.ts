/**
 * Some SDKs are a few lines that fetch the real script from their company and leave it what was said in a queue. Here the
 * script that comes is one of ours: it takes the queue as the real one does, and posts what it finds to the host it comes from.
 */
interface RemoteScript {
  /** `host/path` */
  readonly from: RegExp;
  readonly script: string;
}

/** A function that keeps its calls in a property until the script is there. */
function queueOf(name: string, property = "q"): string {
  return `
    const { ${property}: kept = [] } = window.${name};
    window.${name} = (...args) => post(args);
    for (const args of kept) post([...args]);`;
}

/** A list of calls, or of functions, that the script goes on reading. */
function listOf(name: string, take: string): string {
  return `
    const list = (window.${name} ??= []);
    const take = ${take};
    list.push = (...each) => each.forEach(take);
    list.slice().forEach(take);`;
}

/** Whatever is called on it is posted, and promises nothing. */
const anyObject = `
    const told = (path) => new Proxy(() => undefined, {
      get: (_, key) => (typeof key === "symbol" || key === "then" ? undefined : told([...path, key])),
      apply: (_, self, args) => (post([path.join("."), ...args]), Promise.resolve()),
    });`;

const scripts: readonly RemoteScript[] = [
  { from: /^static\.hotjar\.com\//u, script: queueOf("hj") },
  { from: /^www\.clarity\.ms\/tag\//u, script: queueOf("clarity") },
  {
    from: /^widget\.intercom\.io\//u,
    script: `post([window.intercomSettings ?? {}]);${queueOf("Intercom")}`,
  },
  {
    from: /^connect\.facebook\.net\//u,
    script: queueOf("fbq", "queue"),
  },
  {
    from: /^edge\.fullstory\.com\//u,
    script: `
    const { q = [] } = window.FS;
    window.FS._api = (...args) => void post(args);
    for (const args of q) post(args);`,
  },
  {
    from: /^www\.googletagmanager\.com\/gtag\/js/u,
    script: listOf("dataLayer", "(each) => post(each.length === undefined ? each : Array.from(each))"),
  },
  {
    from: /^cdn\.onesignal\.com\//u,
    script: `${anyObject}
    const OneSignal = told([]);${listOf("OneSignalDeferred", "(each) => each(OneSignal)")}`,
  },
  {
    from: /^cdn\.(?:logr-in|logrocket)\.\w+\//u,
    script: `${anyObject}
    window._LRLogger = function () { return told([]); };`,
  },
];

export function scriptFor(host: string, path: string): string | undefined {
  const found = scripts.find(({ from }) => from.test(`${host}${path}`));
  if (found === undefined) return undefined;
  return `(() => {
    const called = (make) => { try { return make(); } catch { return undefined; } };
    const plain = (_, value) =>
      value instanceof Error ? value.message : typeof value === "function" ? called(value) : value;
    // Recorders listen to \`fetch\`, and would tell of what they are told.
    const post = (what) => void navigator.sendBeacon("https://${host}/told", JSON.stringify(what, plain));
    ${found.script}
  })();`;
}
