/** One function being lowered: its builder, variables, `this`, jumps, and the way to the forms of all syntax. */
import type ts from "typescript";
import type { Span } from "../base/location.js";
import type { ClassId, FunctionId, ValueId } from "../contracts/file-graph.js";
import type { TypeScript } from "../project/typescript-instance.js";
import type { FileLowering } from "./file-lowering.js";
import { FunctionBuilder } from "./function-builder.js";
import type { Effect, Producing } from "./instruction-values.js";
import { JumpFrames } from "./jump-frames.js";
import type { CaptureKey, FunctionScope, Scope, Variable } from "./scopes.js";

const mostFinallyCopies = 1000;

export interface FunctionIdentity {
  readonly id: FunctionId;
  readonly scope: FunctionScope;
  readonly class: ClassId | null;
  readonly at: Span;
  readonly prefix: string;
}

export class FunctionLowering {
  readonly ts: TypeScript;
  readonly builder: FunctionBuilder;
  readonly frames: JumpFrames;
  /** `this` of a static initialiser, which runs inside the function that creates the class. */
  thisOverride: ValueId | null = null;
  /** The class whose members `super` looks in. */
  homeClass: ClassId | null;
  /** Path that declarations are named under. */
  prefix: string;
  /** Runs after `super(…)`: parameter properties. */
  afterSuper: (() => void) | null = null;
  /** Classes whose graph this function's lowering completes. */
  readonly createdClasses: ClassId[] = [];
  private finallyCopies = 0;
  private readonly direct = new Map<Variable, ValueId>();
  private readonly boxes = new Map<Variable, ValueId>();
  private readonly slots = new Map<CaptureKey, ValueId>();
  private receiver: ValueId | null = null;
  private ownArguments: ValueId | null = null;

  constructor(
    readonly file: FileLowering<FunctionLowering>,
    readonly identity: FunctionIdentity,
  ) {
    this.ts = file.ts;
    this.builder = new FunctionBuilder(identity.at);
    this.frames = new JumpFrames(this.builder);
    this.homeClass = identity.class;
    this.prefix = identity.prefix;
  }

  get isModule(): boolean {
    return this.identity.scope.parent === null;
  }

  get reachable(): boolean {
    return this.builder.reachable;
  }

  span(node: ts.Node): Span {
    return this.file.span(node);
  }

  define(body: Producing, at: Span): ValueId {
    return this.builder.define(body, at);
  }

  effect(body: Effect, at: Span): void {
    this.builder.effect(body, at);
  }

  /** The value of an expression. An unknown kind (error recovery) is lowered for what stands inside it. */
  expression(node: ts.Node): ValueId {
    const form = this.file.forms.expressions.get(node.kind);
    if (form !== undefined) return form(this, node);
    this.ts.forEachChild(node, (child) => {
      if (this.ts.isExpression(child)) this.expression(child);
    });
    return this.builder.undefinedValue();
  }

  statement(node: ts.Node): void {
    if (this.reachable) this.file.forms.statements.get(node.kind)?.(this, node);
  }

  /** Creates what a scope's variables need before its first statement: boxes, then function declarations. */
  enterScope(node: ts.Node): void {
    const scope = this.file.bindings.scopes.get(node);
    if (scope === undefined || !this.reachable) return;
    this.openVariables(scope);
    this.hoist(scope);
  }

  /** Forgets what the variables held in an earlier copy of the scope (a `finally` body is lowered several times). */
  openVariables(scope: Scope): void {
    for (const variable of scope.variables.values()) {
      this.direct.delete(variable);
      if (variable.storage === "box")
        this.boxes.set(variable, this.define({ kind: "box", name: variable.name }, variable.nameAt));
    }
  }

  hoist(scope: Scope): void {
    for (const declaration of scope.hoisted) this.expression(declaration);
  }

  /**
   * A `finally` body is lowered for each way out. Nested in each other they double with each level: beyond a
   * measure that no readable code reaches, only the normal way out gets its copy.
   */
  mayCopyFinally(body: ts.Node): boolean {
    this.finallyCopies++;
    if (this.finallyCopies <= mostFinallyCopies) return true;
    if (this.finallyCopies === mostFinallyCopies + 1)
      this.file.errors.push({
        at: body.pos,
        message: "not analysed: too many ways through nested finally blocks",
      });
    return false;
  }

  variableOf(node: ts.Identifier): Variable | undefined {
    return this.file.bindings.variableOf(node);
  }

  read(variable: Variable, at: Span): ValueId {
    switch (variable.storage) {
      case "import":
        return this.define({ kind: "import-read", import: variable.importIndex }, at);
      case "cell":
        if (this.isModule && !variable.writtenByClosure) return this.local(variable);
        return this.define({ kind: "cell-read", cell: variable.cell }, at);
      case "box":
        return this.define({ kind: "box-read", box: this.boxOf(variable) }, at);
      case "member": {
        const { namespace } = variable.scope;
        const object = namespace === null ? this.builder.undefinedValue() : this.read(namespace, at);
        return this.define(
          { kind: "load", object, property: { kind: "name", name: variable.name }, nameAt: at },
          at,
        );
      }
      case "local":
        return variable.scope.function === this.identity.scope
          ? this.local(variable)
          : this.captured(variable, at);
    }
  }

  private local(variable: Variable): ValueId {
    if (variable.direct) return this.direct.get(variable) ?? this.builder.undefinedValue();
    return this.builder.read(variable);
  }

  write(variable: Variable, value: ValueId, at: Span): void {
    switch (variable.storage) {
      case "box":
        this.effect({ kind: "box-write", box: this.boxOf(variable), value }, at);
        break;
      case "cell":
        this.effect({ kind: "cell-write", cell: variable.cell, value }, at);
        if (this.isModule && !variable.writtenByClosure) this.writeLocal(variable, value);
        break;
      case "local":
        this.writeLocal(variable, value);
        break;
      case "import":
      case "member":
        break;
    }
    if (variable.memberOf !== null) this.writeMember(variable.memberOf, variable, value, at);
  }

  /** An exported member of a namespace is a property of the namespace's object as well. */
  private writeMember(namespace: Variable, variable: Variable, value: ValueId, at: Span): void {
    const object = this.read(namespace, at);
    this.effect(
      {
        kind: "store",
        object,
        property: { kind: "name", name: variable.name },
        value,
        nameAt: variable.nameAt,
        initial: this.isModule,
      },
      at,
    );
  }

  private writeLocal(variable: Variable, value: ValueId): void {
    if (variable.direct) this.direct.set(variable, value);
    else
      this.builder.write(
        variable,
        value,
        this.builder.region !== null && variable.scope.start < this.builder.region.start,
      );
  }

  private boxOf(variable: Variable): ValueId {
    if (variable.scope.function !== this.identity.scope) return this.captured(variable, variable.nameAt);
    const known = this.boxes.get(variable);
    if (known !== undefined) return known;
    const box = this.builder.defineFirst({ kind: "box", name: variable.name }, variable.nameAt);
    this.boxes.set(variable, box);
    return box;
  }

  /** What a slot of the running closure holds. */
  private captured(key: CaptureKey, at: Span): ValueId {
    const known = this.slots.get(key);
    if (known !== undefined) return known;
    const slot = this.identity.scope.captures.get(key);
    if (slot === undefined) throw new Error(`no slot for ${typeof key === "string" ? key : key.name}`);
    const value = this.builder.defineFirst({ kind: "capture", slot }, at);
    this.slots.set(key, value);
    return value;
  }

  /** What a closure over `scope` captures here, in slot order. */
  capturesFor(scope: FunctionScope, at: Span): ValueId[] {
    return [...scope.captures.keys()].map((key) => {
      if (key === "this") return this.thisValue(at);
      if (key === "arguments") return this.argumentsValue(at);
      return key.storage === "box" ? this.boxOf(key) : this.read(key, at);
    });
  }

  thisValue(at: Span): ValueId {
    if (this.thisOverride !== null) return this.thisOverride;
    if (this.identity.scope.arrow) return this.captured("this", at);
    if (this.isModule) {
      if (!this.file.bindings.commonJs) return this.builder.undefinedValue();
      this.receiver ??= this.builder.defineFirst({ kind: "module-exports" }, at);
    }
    this.receiver ??= this.builder.defineFirst({ kind: "this" }, at);
    return this.receiver;
  }

  argumentsValue(at: Span): ValueId {
    if (this.identity.scope.arrow) return this.captured("arguments", at);
    if (this.isModule) return this.define({ kind: "global", name: "arguments" }, at);
    this.ownArguments ??= this.builder.defineFirst({ kind: "arguments" }, at);
    return this.ownArguments;
  }
}
