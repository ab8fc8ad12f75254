/** Functions that are looked at once for each call of them have one place in the code. */
import { expect, test } from "vitest";
import { auditFiles } from "../support/run-code.js";

const scales = `import { weigh } from "pony-scales";

interface Rider {
  /** @childData identity */
  name: string;
  /** @childData health */
  weight: number;
}

class Scales {
  private readonly kept = new Map<string, (rider: Rider) => number>();

  of(label: string) {
    return {
      from: (offset: number): this => this.keep(label, (rider) => weigh(label, rider.weight, offset)),
      plain: (): this => this.keep(label, (rider) => weigh(label, rider.name)),
    };
  }

  run(label: string, rider: Rider): number {
    return this.kept.get(label)?.(rider) ?? 0;
  }

  private keep(label: string, take: (rider: Rider) => number): this {
    this.kept.set(label, take);
    return this;
  }
}

export function morning(rider: Rider): number {
  const both = new Scales().of("small").from(3).of("large").plain();
  return both.run("small", rider) + both.run("large", rider);
}
`;

test("what cannot be followed is told once for each place and field", () => {
  const { report } = auditFiles({ "scales.ts": scales });
  const told = report.blindSpots.map(({ location, field }) => `${String(location.line)} ${String(field)}`);
  expect(told.toSorted()).toEqual(["15 Rider.weight", "16 Rider.name"]);
});
