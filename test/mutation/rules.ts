/** The switches of an instrumented engine: which rules there are, which one is off, and which were used. */

type Rule = (...given: never[]) => unknown;

class Rules {
  readonly known = new Set<string>();
  readonly used = new Set<string>();
  off: string | null = null;

  know(id: string): void {
    this.known.add(id);
  }

  isOff(id: string): boolean {
    this.used.add(id);
    return this.off === id;
  }

  wrap(id: string, rule: Rule, least: Rule): Rule {
    this.know(id);
    return (...given) => (this.isOff(id) ? least(...given) : rule(...given));
  }
}

export const rules = new Rules();

Object.assign(globalThis, { __rules: rules });
