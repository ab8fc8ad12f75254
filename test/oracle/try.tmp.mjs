import { register } from "node:module";
register("./typescript-hooks.mjs", import.meta.url);
const { default: fc } = await import("fast-check");
const { recipeOf } = await import("./recipe.ts");
const { gadgetNames } = await import("./gadgets/index.ts");
const { writeProgram } = await import("./write-program.ts");
const { runPrograms } = await import("./execution/run-programs.ts");
const rs = fc.sample(recipeOf(gadgetNames), { numRuns: Number(process.argv[2] ?? 30), seed: Number(process.argv[3] ?? 5) });
const ps = rs.map((r) => writeProgram(r));
console.time("run");
const os = await runPrograms(ps);
console.timeEnd("run");
let fails = {};
ps.forEach((p, i) => { const o = os[i]; if (!o || o.failures === o.runs) { const k = o?.failure ?? "timeout"; (fails[k] ??= []).push(i); } });
console.log(fails);
const show = process.argv[4] === undefined ? [0, 1] : process.argv[4].split(",").map(Number);
for (const i of show) { for (const f of ps[i].files) console.log("//// " + f.path + "\n" + f.text); console.log(os[i], ps[i].sinks); }
if (process.argv[5]) { const { writePrograms } = await import("./examine.ts"); writePrograms(process.argv[5], ps); }
