/** Components that are shown, filled in and sent. */
import type { Exports } from "../load-program.js";
import { openWindow, setReadings } from "../browser.js";
import { settled } from "../recorder.js";
import type { Send } from "./driver-of.js";
import { exported, inTime } from "./server.js";

interface Field {
  value: string;
  readonly disabled?: boolean;
  dispatchEvent(event: unknown): void;
}
interface Page {
  createElement(name: string): Page;
  readonly body: { append(child: unknown): void };
  querySelector(selector: string): Field | null;
  querySelectorAll(selector: string): Iterable<{ readonly textContent: string; click(): void }>;
  remove(): void;
}
interface ReactDom {
  createRoot(container: unknown): { render(element: unknown): void; unmount(): void };
}

/** `SUBMIT enrol {…}` fills in and sends the form with that name; `CLICK Where am I {…}` presses a button. */
export async function driveReact(modules: ReadonlyMap<string, Exports>): Promise<Send> {
  await openWindow();
  const names: readonly string[] = ["react", "react-dom/client"];
  const [react, dom] = (await Promise.all(names.map((name) => import(name)))) as [
    { createElement(type: unknown): unknown },
    ReactDom,
  ];
  const { document, Event: DomEvent } = globalThis as unknown as {
    readonly document: Page;
    readonly Event: new (name: string, options: object) => unknown;
  };
  const App = exported(modules, "App");
  const fire = (field: Field, name: string): void => {
    field.dispatchEvent(new DomEvent(name, { bubbles: true, cancelable: true }));
  };
  const fill = (form: string, body: object): void => {
    for (const [name, value] of Object.entries(body)) {
      const field = document.querySelector(`form[name="${form}"] [name="${name}"]`);
      if (field === null) continue;
      // React looks at the value through the setter of the element's own class.
      Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value")?.set?.call(field, String(value));
      fire(field, "input");
      fire(field, "change");
    }
  };
  const act = async (verb: string, target: string, body: unknown): Promise<string> => {
    if (verb === "OPEN") return "opened";
    if (verb === "CLICK") {
      const button = [...document.querySelectorAll("button")].find(
        ({ textContent }) => textContent === target,
      );
      button?.click();
      return button === undefined ? "no such button" : "clicked";
    }
    const form = document.querySelector(`form[name="${target}"]`);
    if (form === null) return "no such form";
    fill(target, body as object);
    await settled();
    // Nothing is sent by a form whose button is disabled, not even with the enter key.
    const button = document.querySelector(
      `form[name="${target}"] :is(button:not([type]), button[type="submit"], input[type="submit"])`,
    );
    if (button?.disabled === true) return "disabled";
    fire(form, "submit");
    return "sent";
  };
  return async ({ verb, target, text, body }) => {
    setReadings(body);
    const place = document.createElement("div");
    document.body.append(place);
    const root = dom.createRoot(place);
    root.render(react.createElement(App));
    await settled();
    await settled();
    const words = verb === "CLICK" ? text.replace(/ \{.*$/u, "") : target;
    const answer = await inTime(act(verb, words, body));
    await settled();
    root.unmount();
    place.remove();
    return answer;
  };
}
