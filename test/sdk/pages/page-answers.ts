/** What the hosts of a page say: the page itself, its program, and scripts that stand for those of the companies. */
import { answerFor, type Answer } from "../running/answers.js";
import { scriptFor } from "./remote-scripts.js";

export const pageHost = "lessons.school.example";

/** A page of its own for each program, by the program's name. */
export function answersOfPages(bundles: ReadonlyMap<string, string>) {
  return (host: string, path: string, body: string): Answer => {
    if (host !== pageHost) {
      const script = scriptFor(host, path);
      return script === undefined ? answerFor(host, path, body) : { type: "text/javascript", text: script };
    }
    const [, name = "", isScript] = /^\/(.+?)(\.js)?$/u.exec(path) ?? [];
    const bundle = bundles.get(name);
    if (bundle === undefined) return { status: 404, text: "{}" };
    return isScript === undefined
      ? { type: "text/html", text: pageOf(name) }
      : { type: "text/javascript", text: bundle };
  };
}

function pageOf(name: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Lessons</title></head><body><h1>Lessons</h1><script src="/${name}.js"></script></body></html>`;
}
