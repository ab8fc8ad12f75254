import fc from "fast-check";
import { expect, test } from "vitest";
import { LeastAnswers } from "../../src/base/least-answers.js";

/** A question's answer is its own part and those of all that it asks: what can be reached, as bits. */
interface System {
  readonly own: readonly number[];
  readonly asks: readonly (readonly number[])[];
}

const systems = fc.integer({ min: 1, max: 14 }).chain((size) =>
  fc.record({
    own: fc.constant(Array.from({ length: size }, (_, index) => 1 << index)),
    asks: fc.array(fc.array(fc.nat(size - 1), { maxLength: 3 }), { minLength: size, maxLength: size }),
  }),
);

function bitsIn(answer: number): number {
  return answer.toString(2).replaceAll("0", "").length;
}

function asking({ own, asks }: System): (index: number) => number {
  const answers = new LeastAnswers<number, number>(0, bitsIn);
  const ask = (index: number): number =>
    answers.ask(index, () => (asks[index] ?? []).reduce((all, other) => all | ask(other), own[index] ?? 0));
  return ask;
}

function reached({ own, asks }: System, start: number): number {
  const seen = new Set([start]);
  for (const index of seen) for (const other of asks[index] ?? []) seen.add(other);
  return [...seen].reduce((all, index) => all | (own[index] ?? 0), 0);
}

test("questions in circles are answered with all that they reach, in whichever order they are asked", () => {
  fc.assert(
    fc.property(systems, fc.array(fc.nat(13), { maxLength: 6 }), (system, order) => {
      const ask = asking(system);
      for (const index of [...order, ...system.own.keys()].filter((each) => each < system.own.length))
        expect(ask(index)).toBe(reached(system, index));
    }),
    { seed: 11, numRuns: 2000 },
  );
});

test("a chain that is longer than the stack, and closes, is answered", () => {
  const length = 20_000;
  const answers = new LeastAnswers<boolean, number>(false, Number);
  const ask = (index: number): boolean =>
    answers.ask(index, () => index === length - 1 || ask((index + 1) % length));
  expect(ask(0)).toBe(true);
  expect(ask(length / 2)).toBe(true);
});

test("what rests on nothing outside is final while another question is still being answered", () => {
  const answers = new LeastAnswers<boolean>(false, Number);
  const partner = { left: "right", right: "left" } as const;
  const ring = (name: keyof typeof partner): boolean => answers.ask(name, () => ring(partner[name]));
  const seen: (boolean | undefined)[] = [];
  answers.ask("outer", () => {
    ring("left");
    answers.ask("alone", () => true);
    answers.ask("below", () => answers.ask("outer", () => false));
    for (const name of ["left", "right", "alone", "below"]) seen.push(answers.settled(name));
    return true;
  });
  // Whoever was told less than came out is asked again.
  expect(seen.slice(0, 4)).toEqual([false, false, true, undefined]);
  expect(answers.settled("below")).toBe(true);
});
