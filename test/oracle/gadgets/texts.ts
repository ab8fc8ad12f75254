/** Strings, regular expressions and bytes. */
import { listOf, text } from "../shape.js";
import { gadgetsOf } from "./define-gadget.js";

export const textGadgets = gadgetsOf("texts", {
  template: (c, x, y) => [
    c.bind(
      c.pickOf(
        `\`\${${c.text(x)}} and \${${c.text(y)}}\``,
        `"<" + ${c.text(x)} + ">"`,
        `"a".concat(${c.text(x)}, "b")`,
        `String.raw\`\${${c.text(x)}}\``,
      ),
      text,
    ),
  ],
  case: (c, x) => [
    c.bind(
      `${c.text(x)}.${c.pickOf("toUpperCase", "toLowerCase", "trim", "toLocaleUpperCase", "normalize", "trimEnd", "toString", "valueOf")}()`,
      text,
    ),
  ],
  slices: (c, x) => [
    c.bind(
      `${c.text(x)}.${c.pickOf(`slice(0, 4 + 9 * ${c.count()})`, "substring(1)", `charAt(${c.count()} * 7)`, "slice(0, -1)", `substr(${c.count()} * 7, 6)`, 'padEnd(40, ".")', 'padStart(40, "-")', "repeat(2)", "substring(0, 400)")}`,
      text,
    ),
  ],
  padding: (c, x, y) => [
    c.bind(`"a".padEnd(30, ${c.text(x)})`, text),
    c.bind(`"b".replace("b", ${c.text(y)})`, text),
  ],
  index: (c, x) => [
    c.bind(
      c.pickOf(
        `${c.text(x)}[${c.count()} * 8] ?? ""`,
        `[...${c.text(x)}][${c.count()} * 8] ?? ""`,
        `${c.text(x)}.split("")[${c.count()} * 8] ?? ""`,
        `Array.from(${c.text(x)}).at(-1 - 8 * ${c.count()}) ?? ""`,
      ),
      text,
    ),
  ],
  split: (c, x) => [
    c.bind(
      c.pickOf(
        `${c.text(x)}.split("@")[${c.count()}] ?? ""`,
        `${c.text(x)}.split(/[@.]/)[${c.count()}] ?? ""`,
        `${c.text(x)}.split("").reverse().join("")`,
      ),
      text,
    ),
  ],
  "split destructured"(c, x) {
    const [a, b] = [c.fresh("name"), c.fresh("host")];
    c.emit(`const [${a} = "", ${b} = ""] = ${c.text(x)}.split("@").slice(${c.count()});`);
    return [
      { text: a, shape: text },
      { text: b, shape: text },
    ];
  },
  "code points": (c, x) => [
    c.bind(
      c.pickOf(
        `String.fromCodePoint(${c.text(x)}.codePointAt(${c.count()})!)`,
        `String.fromCharCode(${c.text(x)}.charCodeAt(8 * ${c.count()}))`,
        `String(${c.text(x)}.charCodeAt(7 * ${c.count()}))`,
      ),
      text,
    ),
  ],
  replace: (c, x, y) => [
    c.bind(
      `${c.text(x)}.${c.pickOf('replace("@", " at ")', 'replace(/./gu, "*")', 'replaceAll(".", "-")', 'replace(/^.*$/, "none")', 'replace(/^(.+)@(.+)$/, "$2")', "replace(/@/, (at) => `(${at})`)", "replace(/^(.+)@/, (_, name: string) => name)", 'replace(/.+/, () => "gone")', `replace("@", ${c.text(y)})`, 'replace(/[^@]/gu, "x")')}`,
      text,
    ),
  ],
  regexp: (c, x) => [
    c.bind(
      c.pickOf(
        `/^(.)(.+)@/.exec(${c.text(x)})?.[2] ?? "none"`,
        `${c.text(x)}.match(/@(.+)/)?.[1] ?? "none"`,
        `[...${c.text(x)}.matchAll(/[^@]+/g)].map((found) => found[0]).join()`,
        `/(?<name>[^@]+)@/.exec(${c.text(x)})?.groups!["name"] ?? "none"`,
        `String(/@/.test(${c.text(x)}))`,
        `String(${c.text(x)}.search(/@/))`,
        `(${c.text(x)}.match(/[^@]+/g) ?? []).join("|")`,
        `${c.text(x)}.match(/@/)?.input ?? "none"`,
      ),
      text,
    ),
  ],
  encoding: (c, x) => [
    c.bind(
      c.pickOf(
        `encodeURIComponent(${c.text(x)})`,
        `Buffer.from(${c.text(x)}).toString("base64")`,
        `Buffer.from(${c.text(x)}, "utf8").toString("hex")`,
        `Buffer.from(Buffer.from(${c.text(x)}).toString("base64"), "base64").toString("utf8")`,
        `decodeURIComponent(encodeURIComponent(${c.text(x)}))`,
        `new URLSearchParams({ q: ${c.text(x)} }).toString()`,
        `JSON.stringify(${c.text(x)})`,
        `escape(${c.text(x)})`,
      ),
      text,
    ),
  ],
  bytes: (c, x, y) => [
    c.bind(
      c.pickOf(
        `new TextDecoder().decode(new TextEncoder().encode(${c.text(x)}))`,
        `Buffer.concat([Buffer.from(${c.text(x)}), Buffer.from(${c.text(y)})]).toString()`,
        `Buffer.from(${c.text(x)}).subarray(0, 8 + 20 * ${c.count()}).toString()`,
        `Buffer.from(Uint8Array.from(Buffer.from(${c.text(x)}))).toString()`,
        `String(Buffer.byteLength(${c.text(x)}))`,
        `String(Buffer.from(${c.text(x)}).length)`,
        `[...Buffer.from(${c.text(x)})].map((byte) => byte.toString(16).padStart(2, "0")).join("")`,
      ),
      text,
    ),
  ],
  "bytes written"(c, x) {
    const buffer = c.fresh("buffer");
    c.emit(
      `const ${buffer} = Buffer.alloc(2048);`,
      c.pickOf(
        `${buffer}.write(${c.text(x)}, 0);`,
        `Buffer.from(${c.text(x)}).copy(${buffer});`,
        `${buffer}.set(new TextEncoder().encode(${c.text(x)}), 4);`,
        `${buffer}.fill(${c.text(x)});`,
        `${buffer}[0] = ${c.text(x)}.length;`,
      ),
    );
    return [c.bind(`${buffer}.toString()`, text)];
  },
  words: (c, x) => [
    c.bind(
      c.pickOf(`${c.text(x)}.split("@")`, `[...${c.text(x)}]`, `${c.text(x)}.match(/[^@.]+/g) ?? []`),
      listOf(text),
      "parts",
    ),
  ],
  appended(c, x, y) {
    const out = c.fresh("line");
    c.emit(`let ${out} = "";`, `${out} += ${c.text(x)};`, `${out} += ${c.pickOf('";"', c.text(y))};`);
    return [c.bind(out, text)];
  },
  "url parts": (c, x) => [
    c.bind(
      c.pickOf(
        `new URLSearchParams([["k", ${c.text(x)}]]).get("k")!`,
        `new URL(\`https://a.example/?q=\${encodeURIComponent(${c.text(x)})}\`).searchParams.get("q")!`,
        `new URL(\`https://a.example/?q=\${encodeURIComponent(${c.text(x)})}\`).host`,
      ),
      text,
    ),
  ],
  "typed array"(c, x, y) {
    const codes = c.fresh("codes");
    c.emit(
      `const ${codes} = Uint16Array.from([...${c.text(x)}].map((letter) => letter.charCodeAt(0)));`,
      `const ${codes}Other = new Uint16Array([${c.text(y)}.length, 64]);`,
    );
    if (c.pick(3) === 0) c.emit(`${codes}Other.set(${codes}.subarray(0, 2));`);
    return [
      c.bind(`[...${codes}Other].join()`, text),
      c.bind(
        c.pickOf(
          `String.fromCharCode(...${codes})`,
          `Array.from(${codes}, (code) => String.fromCharCode(code)).join("")`,
          `${codes}.slice(0, 6).join()`,
          `${codes}.map((code) => code + 0).reverse().toString()`,
          `String(${codes}.byteLength)`,
          `String(${codes}.at(0))`,
          `String.fromCharCode(${codes}[1]!)`,
        ),
        text,
      ),
    ];
  },
});
