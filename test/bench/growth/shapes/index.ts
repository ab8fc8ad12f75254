/** All shapes, in the order of the table. */
import type { Shape } from "../shape.js";
import { callShapes } from "./calls.js";
import { controlShapes, expressionShapes } from "./control.js";
import { classShapes, dataShapes } from "./data.js";
import { repositoryShapes } from "./repositories.js";

export const shapes: readonly Shape[] = [
  ...repositoryShapes,
  ...callShapes,
  ...controlShapes,
  ...expressionShapes,
  ...dataShapes,
  ...classShapes,
];
