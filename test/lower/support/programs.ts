/** Programs that log what they do, to be run both as JavaScript and as a graph. Each logs "end" last. */
export const programs: Readonly<Record<string, string>> = {
  "conditions and short circuits": `
    const t = (x, v) => { log("t", x); return v; };
    for (const a of [0, 1]) for (const b of [0, 1]) for (const c of [0, 1]) {
      if (t("a", a) && !t("b", b) || t("c", c)) log("yes"); else log("no");
      log(t("x", a) ? t("y", b) ? 1 : 2 : t("z", c) ? 3 : 4, a && b, a || b || c, !(a && c) && b);
      t("e", a) && t("f", b) || t("g", c);
      a ? t("h", 1) : t("i", 2);
    }
    log(null ?? undefined ?? 5, 0 ?? 1, false || null || "q", 1 && "" && 3);
    if (false) log("dead"); else log("alive");
    const DEBUG = false; const MODE = "dev";
    if (DEBUG || MODE !== "dev") log("dead"); log(DEBUG ? 1 : 2, DEBUG && t("never", 1), true && t("always", 2), null ?? t("n", 1));
    log("end");`,
  "optional chains": `
    const f = (x) => { log("f", x); return x; };
    const o = { a: { b: (x) => x + 1, c: { d: 2 } }, n: null, m() { return this.k; }, k: 7 };
    const u = undefined; const k = "a";
    log(o?.a?.b(f(1)), o.n?.x.y.z(f(2)), u?.[f(3)], u?.(f(4)), o.zz?.(f(5)), o.m?.(), (o.n?.x) ?? "d", o?.[k]?.c.d);
    if (o.n?.x) log("no"); else log("yes"); if (o?.a) log("yes");
    log(delete o?.k, o.k, delete u?.x, (o?.a).c.d, (o.m)(), !u?.x);
    log("end");`,
  "disposal of what using declares": `
    const open = (name) => ({ name, [Symbol.dispose]() { log("close", name); } });
    const f = (x) => {
      using a = open("a");
      log("f", x);
      for (const y of [1, 2, 3]) {
        using b = open("b" + y);
        if (y === 2) continue;
        if (x === y) return b.name;
        log("round", y);
      }
      using c = open("c"), d = open("d");
      if (x === 5) throw "thrown";
      for (using e of [open("e1"), open("e2")]) if (x === 6) break; else log(e.name);
      return a.name + c.name + d.name;
    };
    for (const x of [1, 3, 4, 5, 6]) { try { log(f(x)); } catch (error) { log("caught", error); } }
    log("end");`,
  "loops, labels and jumps": `
    outer: for (let i = 0; i < 4; i++) {
      for (let j = 0; ; j++) { if (j === 3) continue outer; if (i === 2) break outer; if (j === 1) continue; log(i, j); }
    }
    let n = 0; while (true) { if (++n > 3) break; log("w", n); }
    do { n--; if (n === 2) continue; log("d", n); } while (n > 0);
    block: { log("in"); if (n === 0) break block; log("never"); }
    for (const k in { a: 1, b: 2 }) log(k);
    for (const [a, { b = 5, ...r }] of [[1, { b: 2, c: 3 }], [4, {}]]) log(a, b, r);
    let last; for (last of [1, 2, 3]) if (last === 2) break; log(last);
    const o = {}; for (o.x of [7, 8]); log(o);
    for (var v = 0, w = 10; v < w; v += 3, w--) ; log(v, w);
    for (;;) { break; }
    x: y: for (const q of [1, 2]) { for (;;) { log(q); continue y; } }
    let s = ""; for (let i = 0; i < 3; i++) { if (i === 1) { s += "one"; } else { s += i; } } log(s);
    log("end");`,
  switch: `
    const f = (x) => { switch (x) { case 1: log("one"); default: log("default"); case 2: log("two"); break; case 3: { return "three"; } case f: log("self"); } return "after"; };
    for (const x of [1, 2, 3, 4, f]) log(f(x));
    const g = (a, b) => { switch (true) { case a > b: return "more"; case a === b && a > 0: return "same"; default: return "else"; } };
    log(g(2, 1), g(1, 1), g(0, 0));
    const MODE = "b"; switch (MODE) { case "a": log("a"); break; case "b": log("b"); }
    switch (1) { } switch (3) { default: log("only"); }
    const h = (x) => { let r = 0; for (let i = 0; i < 3; i++) { switch (i) { case x: continue; case 2: r += 10; break; default: r += 1; } r += 100; } return r; };
    log(h(0), h(1), h(2), h(5));
    switch (1) { case 1: let z = 1; const q = () => z; case 2: z += 5; log(z, q()); }
    log("end");`,
  exceptions: `
    const boom = (x) => { if (x) throw new Error("boom " + x); return x; };
    const f = (a) => { let x = 0; try { x = 1; boom(a === 1); x = 2; boom(a === 2); x = 3; } catch (e) { log(e.message, x); x += 10; } finally { log("fin", x); } return x; };
    log(f(0), f(1), f(2));
    const g = () => { for (let i = 0; i < 3; i++) { try { if (i === 0) continue; if (i === 1) return "r" + i; } finally { log("f", i); } } };
    log(g());
    const h = () => { try { try { boom(1); } finally { log("inner"); } } catch { log("outer"); } finally { log("last"); } };
    h();
    const k = () => { try { return "a"; } finally { return "b"; } }; log(k());
    const m = () => { l: try { boom(1); } catch (e) { break l; } finally { log("m"); } return "m"; }; log(m());
    const p = () => { let x = 1; try { try { x = 2; boom(1); } catch (e) { x = 3; boom(2); } } catch (e) { return [x, e.message]; } }; log(p());
    const q = () => { let log2 = []; for (const i of [1, 2, 3]) { try { try { if (i === 2) break; log2.push(i); } finally { log2.push("i"); } } finally { log2.push("o"); } } return log2; }; log(q());
    const r = () => { try { throw 5; } catch ({ message = "none" }) { return message; } }; log(r());
    const s = () => { let y; try { y = boom(0); y = boom(1); } catch { return y; } }; log(s());
    try { null.x; } catch (e) { log("null"); } try { (void 0)(); } catch (e) { log("call"); }
    const w = (n) => { let ok = false; try { boom(n); ok = true; } catch {} if (ok) return "ok"; return "not"; }; log(w(0), w(1));
    log("end");`,
  "closures and captured variables": `
    const counter = () => { let n = 0; return { inc: () => ++n, get: () => n }; };
    const c = counter(); c.inc(); c.inc(); log(c.get(), counter().get());
    const early = () => { const f = () => x; const x = 5; return f(); }; log(early());
    const nested = (a) => (b) => { a += 1; return (d) => [a, b, d, a + b + d]; }; log(nested(1)(2)(3));
    function hoisted() { return inner() + k; function inner() { return k * 2; } var k; } log(hoisted());
    (() => { const fs = []; for (const i of [1, 2, 3]) fs.push(() => i); log(fs.map((f) => f()));
    const gs = []; for (var j = 0; j < 3; j++) { var h = j; gs.push(() => h); } log(gs.map((f) => f()));
    const ks = []; for (let a = 0; a < 2; a++) { const b = a * 2; ks.push(() => b); } log(ks.map((f) => f())); })();
    const fact = function self(n) { return n < 2 ? 1 : n * self(n - 1); }; log(fact(5));
    const isEven = (n) => n === 0 || isOdd(n - 1), isOdd = (n) => n !== 0 && isEven(n - 1); log(isEven(10), isOdd(7));
    function par(a, b = () => a, c = b()) { a = 9; return [a, b(), c]; } log(par(1));
    function args() { const f = () => arguments[1]; return f() + arguments.length; } log(args(1, 2, 3));
    const o = { v: 3, m() { return [1, 2].map((x) => (() => x * this.v)()); } }; log(o.m());
    let late; const setLate = () => { late = 4; }; setLate(); log(late); { let late = 1; log(late); }
    const once = (f) => { let r; return () => r ??= f(); }; let calls = 0; const g = once(() => ++calls); log(g(), g(), calls);
    const cond = (p) => { let v; if (p) v = "p"; else v = "n"; return () => v; }; log(cond(1)(), cond(0)());
    const shadow = (x) => { { const x = 2; log(x); } return x; }; log(shadow(1));
    log("end");`,
  destructuring: `
    const { a, b: { c = 3, ...d } = {}, ["e" + 1]: e, ...rest } = { a: 1, b: { x: 9 }, e1: "e", y: 2, z: 3 }; log(a, c, d, e, rest);
    const [p, , q = 7, [r] = [8], ...s] = [1, 2, undefined, undefined, 5, 6]; log(p, q, r, s);
    let x, y; [x, y] = [1, 2]; [x, y] = [y, x]; log(x, y);
    const o = {}; ({ a: o.p, b: [o.q = 4] = [], ...o.r } = { a: 1, k: 2 }); log(o);
    [o["dyn"], x = 5] = [3]; log(o, x);
    const f = ({ a = 1, b: [c2, ...d2] } = { b: [2, 3, 4] }, ...[g, h = a]) => [a, c2, d2, g, h]; log(f(), f({ a: 9, b: [] }, 1));
    const v = ({ a: x } = { a: 6 }); log(v, x);
    let n; log(n = [x, n] = [1, 2], n);
    const { length } = "four"; log(length); let w = 1; ({ w } = { w: w + 1 }); log(w); ({ w = 8 } = {}); log(w);
    log("end");`,
  "objects and arrays": `
    const n = "k"; const base = { a: 1, get g() { return this.a + 1; }, set g(v) { this.a = v; } };
    base.g = 5; log(base.g, base.a);
    const o = { n, [n]: 2, "s t": 3, 4: 4, m() { return n; }, async am() {}, *gm() { yield 1; }, f: () => 1, ...base, a: "over" }; log(Object.keys(o), o.m(), o["s t"], o[4], [...o.gm()], o.a);
    const arr = [1, , 3, ...[4, 5], 6]; log(arr.length, arr[1], arr);
    log([..."ab"].map((c, i) => c + i), Math.max(...[1, 5], 3, ...[9]));
    const t = { ...null, ...{ a: 1 }, ...(false && { b: 2 }) }; log(t); delete t.a; log(t, "a" in t);
    const give = (x) => { log("give", x); return x; };
    for (const a of [0, "", "text", null, [9]]) for (const b of [undefined, { b: 1 }])
      log({ z: 1, ...(give(a) && b), ...((give(b) && a) && { both: a }), ...(!give(a) && { none: 1 }), y: 2 });
    let i = 0; const h = { x: 1 }; h.x += 2; h.x++; h["x"] **= 2; log(h.x, i++, ++i, i--, i); h.y ||= 5; h.y &&= 6; h.z ??= 7; log(h);
    const tag = (s, ...v) => s.join("|") + v.join(","); log(tag\`a\${1}b\${2}c\`, tag\`x\`); const ns = { tag(s) { return this.q + s[0]; }, q: "Q" }; log(ns.tag\`z\`);
    log(1 + 2 * 3 - 4 / 2 % 3, 1 << 2 | 1, typeof zz, typeof log, void 0, -"3", +"4", ~1, 2 ** 3, 5n * 2n, /a+/g.test("caa"), (1, 2), 1 < 2, "1" == 1, 1 !== 1, \`t\${1}\${"x"}\`);
    log([] instanceof Array, "x" in { x: 1 }, NaN !== NaN);
    log("end");`,
  classes: `
    const key = "dyn";
    class A { x = 1; y = this.x + 1; #p = 3; static s = 10; static t = this.s + 1; static #q = 4; static { A.u = A.t + A.#q; } arrow = () => this.x; [key] = "d"; ["m" + 1]() { return "m1"; }
      constructor(a) { this.a = a; } get p() { return this.#p; } set p(v) { this.#p = v; } m() { return "A" + this.x; } static make(...r) { return new this(...r); } has(o) { return #p in o; } }
    class B extends A { x = 5; constructor(a, b) { super(a + 1); this.b = b; } m() { return "B" + super.m(); } static make(q) { const r = super.make(q); r.made = true; return r; } get p() { return super.p * 2; } sup() { return [1].map(() => super.m())[0]; } }
    const a = new A(1), b = B.make(2); log(a.x, a.y, a.p, A.s, A.t, A.u, a.arrow(), a.dyn, a.m1()); a.p = 8; log(a.p, a.m());
    log(b.a, b.b, b.x, b.y, b.m(), b.p, b.made, b.sup(), b instanceof A);
    const C = class Named extends B { self() { return Named === C; } }; log(new C(1).self(), new C(1).m());
    const mixin = (Base) => class extends Base { mixed() { return this.base; } }; class D extends mixin(class { base = "base"; }) {} log(new D().mixed());
    class E extends Error { constructor(m) { super(m); this.code = 5; } } try { throw new E("msg"); } catch (e) { log(e instanceof E, e.message, e.code); }
    function F() { if (!new.target) return "plain"; this.v = 1; } log(F(), new F().v); F.prototype.w = function () { return this.v + 1; }; log(new F().w());
    const o = { __proto__: null, a: 1 }; log(o.a); class G { static async *x() { yield 1; } } for await (const v of G.x()) log(v);
    class H { constructor(p, q = this) { log(q === this, p); } } new H(1); class I extends A {} log(new I(7).a);
    log("end");`,
  "typescript forms": `
    enum Color { Red, Green = 5, Blue, Text = "t", Sum = Green + 1 } log(Color.Red, Color.Blue, Color.Text, Color.Sum);
    namespace N { export const a = 1; export let b = 2; export function f() { return a + b; } const hidden = 3; export namespace M { export const c = a + hidden; } export class K { v = c2; } const c2 = 9; export enum E { X = 1 } }
    namespace N { export const more = N.f() + 1; } log(N.a, N.f(), N.M.c, N.more, new N.K().v, N.E.X); N.b = 2;
    function over(a: string): void; function over(a: number): void; function over(a: any) { log("over", a); } over(1);
    class P { constructor(private readonly x: number, public y = x + 1) { log(this.x, this.y); } } new P(1);
    class Q extends P { constructor(public z: number) { log("before"); super(z); log(this.z); } } new Q(4);
    abstract class R { abstract m(): void; declare d: string; } log(Object.keys(new (class extends R { m() {} })()));
    const x = { a: 1 } as const satisfies object; const y = (<any>x).a!; log(y, (x as any).a); declare const nothing: string; type T = typeof x; interface I { a: T }
    function th(this: any, a: number) { return [this.q, a]; } log(th.call({ q: 2 }, 3)); const inst = Array<string>; log(new inst(2).length);
    function fn() { return fn.extra; } namespace fn { export const extra = 6; } log(fn());
    import Alias = N.M; log(Alias.c); let un: string; un = "late"; log(un);
    log("end");`,
  "async and generators": `
    const wait = (v) => new Promise((r) => r(v)); const fail = async () => { throw new Error("f"); };
    const f = async (x) => { try { const v = await wait(x); log("v", v); await fail(); } catch (e) { log(e.message); return "caught"; } finally { log("fin"); } }; log(await f(1));
    function* g() { const a = yield 1; log("a", a); try { yield a * 2; } finally { log("closed"); } const r = yield* h(); log("r", r); return 5; } function* h() { yield "h"; return "hr"; }
    const it = g(); log(it.next(), it.next(4), it.next(), it.next(), it.next()); log([...g()].length);
    async function* ag() { for (let i = 0; i < 3; i++) { await wait(0); yield i; } } for await (const x of ag()) { if (x === 1) continue; log(x); } for await (const x of [wait("p"), "q"]) log(x);
    const all = await Promise.all([1, 2].map(async (x) => x * await wait(10))); log(all);
    const e = { async *[Symbol.asyncIterator]() { yield "it"; } }; for await (const v of e) log(v);
    const arrows = async () => { const g = async () => await wait(this); return g(); }; log(await arrows());
    log("end");`,
  "functions and classes in copied and branching code": `
    const f = (n) => { let made; try { if (n === 1) return "r"; if (n === 2) throw new Error("t"); } catch (e) { made = "c"; } finally { const g = () => made + n; class K { v = g(); static s = n; m() { return this.v; } } log(g(), new K().v, K.s, new K().m()); } return made; };
    log(f(1), f(2), f(3));
    const key = (c) => { let k = "a"; if (c) k = "b"; class A { [k]() { return "called " + k; } static [k + "s"] = 1; get [k + "g"]() { return 2; } } const o = { [k]: 1, [k + "m"]() { return k; } }; return [new A()[k](), A[k + "s"], new A()[k + "g"], o[k], o[k + "m"]()]; };
    log(key(0), key(1));
    const late = () => { try { return inner(); } finally { log("hoisted"); function unused() {} } function inner() { return "inner"; } }; log(late());
    const sw = (x) => { switch (x) { case 1: function h() { return "h" + x; } return h(); default: return h() + "d"; } }; log(sw(1), sw(2));
    const loopy = () => { const out = []; let i = 0; while (i < 3) { const j = i++; class L { get() { return j; } } out.push(new L()); } return out.map((l) => l.get()); }; log(loopy());
    log("end");`,
};
