/** What a browser gives a program: a document to show itself in, its own storage, and devices that read something. */
import { isGranted, later, record } from "./recorder.js";

/** What the devices read during a request. */
let readings: Readonly<Record<string, unknown>> = {};

export function setReadings(given: unknown): void {
  readings = (given ?? {}) as Readonly<Record<string, unknown>>;
}

type Listener = (given: unknown) => void;

const geolocation = {
  getCurrentPosition(found: Listener): void {
    record("getCurrentPosition", "reads", readings);
    void later(() => {
      found({ coords: readings, timestamp: Date.now() });
    });
  },
  watchPosition(found: Listener): number {
    record("watchPosition", "reads", readings);
    void later(() => {
      found({ coords: readings, timestamp: Date.now() });
    });
    return 1;
  },
  clearWatch: (): void => undefined,
};

const mediaDevices = {
  getUserMedia(wanted: unknown): Promise<unknown> {
    record("getUserMedia", "reads", readings, wanted);
    return later(() => ({ ...readings, getTracks: () => [] }));
  },
};

const localStorage = {
  getItem: (key: string): string | null => (/consent/iu.test(key) && isGranted() ? "true" : null),
  setItem: (key: string, value: string): void => {
    record("localStorage.setItem", "keeps", key, value);
  },
  removeItem: (): void => undefined,
};

/** What the process has too, and what works with elements only as the window has it. */
const ofTheDocument = new Set(["Event", "CustomEvent", "FormData"]);

/** Puts a window into place, once. */
export async function openWindow(): Promise<void> {
  if ("document" in globalThis) return;
  const packageName: string = "happy-dom";
  const { Window } = (await import(packageName)) as { readonly Window: new (options: object) => object };
  const window = new Window({ url: "https://app.example/" });
  Object.assign(window, { fetch: globalThis.fetch });
  for (const name of Object.getOwnPropertyNames(window))
    if (!(name in globalThis) || ofTheDocument.has(name))
      Object.defineProperty(globalThis, name, {
        get: () => window[name as never] as unknown,
        configurable: true,
      });
  const devices = { geolocation, mediaDevices, userAgent: "test" };
  for (const [name, value] of Object.entries({ window, navigator: devices, localStorage }))
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  for (const [name, value] of Object.entries({ localStorage, navigator: devices }))
    Object.defineProperty(window, name, { value, configurable: true });
}
