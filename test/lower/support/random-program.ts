/** Random programs over everything that steers control or shares variables; they always end. */
export function randomProgram(seed: number): string {
  let state = seed * 2654435761 + 12345;
  const next = (below: number): number => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 374761393) | 0;
    return Math.abs(state ^ (state >>> 13)) % below;
  };
  const pick = <T>(items: readonly T[]): T => items[next(items.length)] as T;
  let names = 0;
  let marks = 0;

  interface Place {
    readonly depth: number;
    readonly variables: readonly string[];
    readonly loop: boolean;
    readonly labels: readonly string[];
    readonly loopLabels: readonly string[];
    readonly inFunction: boolean;
  }

  const expression = (at: Place, depth = 0): string => {
    const variable = pick(at.variables);
    if (depth > 2) return variable;
    const inner = (): string => expression(at, depth + 1);
    switch (next(13)) {
      case 0:
        return String(next(4));
      case 1:
        return `(${inner()} + ${inner()})`;
      case 2:
        return `(${inner()} && ${inner()})`;
      case 3:
        return `(${inner()} || ${inner()})`;
      case 4:
        return `(${inner()} ?? ${inner()})`;
      case 5:
        return `(${inner()} ? ${inner()} : ${inner()})`;
      case 6:
        return `!${inner()}`;
      case 7:
        return `(${variable} = ${inner()})`;
      case 8:
        return `(${variable}${pick(["+=", "??=", "||=", "&&="])} ${inner()})`;
      case 9:
        // Not `x++`: its value is a number whatever `x` was, which graphs do not say.
        return `++${variable}`;
      case 10:
        return `risky(${inner()})`;
      case 11:
        return at.depth < 4 ? `(() => ${inner()})()` : variable;
      default:
        return variable;
    }
  };

  const block = (at: Place, count = 1 + next(3)): string => {
    let place = { ...at, depth: at.depth + 1 };
    const lines: string[] = [];
    for (let index = 0; index < count; index++) {
      const [line, declared] = statement(place);
      lines.push(line);
      if (declared !== null) place = { ...place, variables: [...place.variables, declared] };
    }
    return `{ ${lines.join(" ")} }`;
  };

  const statement = (at: Place): [string, string | null] => {
    const deep = at.depth > 4;
    const mark = `log(${String(++marks)}, ${pick(at.variables)}, ${pick(at.variables)});`;
    switch (next(deep ? 6 : 18)) {
      case 0:
        return [mark, null];
      case 1:
        return [`${expression(at)};`, null];
      case 2: {
        const name = `v${String(names++)}`;
        return [`${pick(["let", "var"])} ${name} = ${expression(at)};`, name];
      }
      case 3:
        if (at.labels.length > 0 && next(2) === 0)
          return [`if (${expression(at)}) break ${pick(at.labels)};`, null];
        if (at.loopLabels.length > 0 && next(2) === 0)
          return [`if (${expression(at)}) continue ${pick(at.loopLabels)};`, null];
        return [at.loop ? `${pick(["break", "continue"])};` : mark, null];
      case 4:
        return [
          at.inFunction ? `${pick(["", `if (${expression(at)}) `])}return ${expression(at)};` : mark,
          null,
        ];
      case 5:
        return [`if (${expression(at)}) throw ${expression(at)};`, null];
      case 6:
      case 7:
        return [`if (${expression(at)}) ${block(at)}${next(2) === 0 ? ` else ${block(at)}` : ""}`, null];
      case 8:
        return [
          `for (let i = 0; i < ${String(1 + next(3))} && fuel-- > 0; i++) ${block({ ...at, loop: true, variables: [...at.variables, "i"] })}`,
          null,
        ];
      case 9:
        return [`for (const x of [1, 0, ${pick(at.variables)}]) ${block({ ...at, loop: true })}`, null];
      case 10:
        return [`while (fuel-- > 0) ${block({ ...at, loop: true })}`, null];
      case 11:
        return [`do ${block({ ...at, loop: true })} while (fuel-- > 0 && ${expression(at)});`, null];
      case 12: {
        const label = `l${String(names++)}`;
        return next(2) === 0
          ? [`${label}: ${block({ ...at, labels: [...at.labels, label] })}`, null]
          : [
              `${label}: while (fuel-- > 0) ${block({ ...at, loop: true, labels: [...at.labels, label], loopLabels: [...at.loopLabels, label] })}`,
              null,
            ];
      }
      case 13:
      case 14: {
        const shape = next(3);
        const caught = ` catch (e) ${block({ ...at, variables: [...at.variables, "e"] })}`;
        return [
          `try ${block(at)}${shape === 1 ? "" : caught}${shape === 0 ? "" : ` finally ${block(at)}`}`,
          null,
        ];
      }
      case 15:
        return [
          `switch (${expression(at)}) { case 0: ${mark} case ${pick(at.variables)}: ${block({ ...at, loop: false })} ${pick(["break;", ""])} default: ${block({ ...at, loop: false })} case 2: ${mark} }`,
          null,
        ];
      case 16: {
        const name = `f${String(names++)}`;
        const inner = { ...at, loop: false, labels: [], loopLabels: [], inFunction: true };
        const p = `p${name}`;
        return [
          `const ${name} = (${p} = ${expression(at)}) => ${block({ ...inner, variables: [...at.variables, p] })}; log(${name}(), ${name}(1));`,
          null,
        ];
      }
      default: {
        const name = `g${String(names++)}`;
        const p = `p${name}`;
        return [
          `log(${name}(2)); function ${name}(${p}) ${block({ ...at, loop: false, labels: [], loopLabels: [], inFunction: true, variables: [...at.variables, p] })}`,
          null,
        ];
      }
    }
  };

  const body = block(
    { depth: 0, variables: ["a", "b", "c"], loop: false, labels: [], loopLabels: [], inFunction: true },
    5,
  );
  const lines = [
    "let fuel = 30; let steps = 400;",
    `const risky = (x) => { if (steps-- < 0) throw 7; if (x === 2) throw x; return x; };`,
    `const main = () => { let a = 1, b = 0, c; ${body.slice(1, -1)} log("out", a, b, c); };`,
    `try { log(main()); } catch (e) { log("threw", String(e && e.name || e)); }`,
    `log("end");`,
  ];
  return lines.join("\n");
}
