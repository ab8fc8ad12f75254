/** Every gadget; the first is what shrinking tends to. */
import { asyncGadgets } from "./async.js";
import { callGadgets } from "./calls.js";
import { classGadgets } from "./classes.js";
import { collectionGadgets } from "./collections.js";
import { controlGadgets } from "./control.js";
import type { Gadget } from "./define-gadget.js";
import { exceptionGadgets } from "./exceptions.js";
import { moduleGadgets } from "./modules.js";
import { objectGadgets } from "./objects.js";
import { textGadgets } from "./texts.js";
import { typeGadgets } from "./types.js";

export const gadgets: readonly Gadget[] = [
  ...controlGadgets,
  ...callGadgets,
  ...objectGadgets,
  ...collectionGadgets,
  ...textGadgets,
  ...classGadgets,
  ...asyncGadgets,
  ...exceptionGadgets,
  ...typeGadgets,
  ...moduleGadgets,
];

export const gadgetByName: ReadonlyMap<string, Gadget> = new Map(
  gadgets.map((gadget) => [gadget.name, gadget]),
);

/** Sinks come more often than anything else, so that what happens inside of bodies is seen. */
export const gadgetNames: readonly string[] = [
  ...gadgets.map((gadget) => gadget.name),
  ...Array<string>(8).fill("control/log"),
  ...Array<string>(8).fill("control/log text"),
  ...Array<string>(5).fill("control/store"),
];
