import { describe, expect, test } from "vitest";
import { markedProject } from "./marked-project.js";

const child = "export interface Child { /** @childData contact */ email: string; pet: string }\n";

describe("types of packages that carry own types along, installed or not", () => {
  test("React: props, state, references, context", () => {
    const project = markedProject({
      "child.ts": child,
      "a.tsx": `
import React, { useState, useRef, createContext, useContext, type FC, type PropsWithChildren } from "react"; import type { Child } from "./child.js";
const Card: FC<{ child: Child }> = ({ child }) => { const [state, setState] = useState<Child | null>(null); state?.email; setState((old) => (old!).email as any); return <b>{child.email}</b>; };
const Other: React.FC<PropsWithChildren<Child>> = (props) => { const ref = useRef<Child>(null); ref.current?.email; return <i title={props.email}>{props.pet}</i>; };
const Context = createContext<Child>(null!); function Inner() { const { email: inner } = useContext(Context); return <Card child={{ email: "", pet: "" }} />; }
class Old extends React.Component<{ one: Child }> { render() { return this.props.one.email; } }
`,
    });
    for (const code of [
      "{child.email",
      "state?.email",
      "(old!).email",
      "ref.current?.email",
      "props.email",
      "const { email",
      "child={{ email",
      "this.props.one.email",
    ]) {
      expect([code, project.at(code)]).toEqual([code, ["Child.email"]]);
    }
    expect(project.at("props.pet")).toEqual([]);
  });

  test("express and fastify: a typed body, and what own code adds to a request", () => {
    const project = markedProject({
      "child.ts": child,
      "types.d.ts":
        'import type { Child } from "./child.js";\ndeclare global { namespace Express { interface Request { child?: Child } } }\ndeclare module "fastify" { interface FastifyRequest { pupil: Child } }',
      "a.ts": `
import express, { type Request, type RequestHandler } from "express"; import type { FastifyRequest } from "fastify"; import type { Child } from "./child.js";
export function f(req: Request<{}, {}, Child>, other: express.Request) { req.body.email; other.body.email; req.child?.email; }
export const h: RequestHandler<{}, {}, Child> = (request) => { request.body.email; };
export function g(request: FastifyRequest<{ Body: Child }>, plain: FastifyRequest) { const { email } = request.body; plain.pupil.email; }
`,
    });
    for (const code of [
      "req.body.email",
      "req.child?.email",
      "=> { request.body.email",
      "const { email",
      "plain.pupil.email",
    ])
      expect([code, project.at(code)]).toEqual([code, ["Child.email"]]);
    expect(project.at("other.body.email")).toEqual([]);
    expect(project.types("req: Request<{}, {}, Child>")[0]).toMatch(/^npm:express#Request</u);
    expect(project.types("other: express.Request")).toEqual(["npm:express#Request"]);
  });

  test("an own declaration of a module comes before the stand-in", () => {
    const project = markedProject({
      "lib.d.ts":
        'declare module "legacy" { interface Kid { /** @childData contact */ email: string } export function load(): Kid; }',
      "a.ts": 'import { load, type Kid } from "legacy"; load().email; export declare const kid: Kid;',
    });
    expect(project.at("load().email")).toEqual(["Kid.email"]);
    expect(project.types("kid: Kid")).toEqual(["file:lib.d.ts#legacy.Kid"]);
  });

  test("whatever else a package exports has a name and no members", () => {
    const project = markedProject({
      "a.ts":
        'import { Client, connect } from "some-db"; import * as all from "some-db"; import some from "some-db"; import legacy = require("old-db");\nconst client = new Client({}); const row = client.query(); const made = connect(); const other = new all.Pool<string>(); const third = new some.Thing(); const fourth = new legacy.Conn(); class Sub extends Client { mine = 1; } const sub = new Sub();',
      "b.js":
        'const { Client } = require("some-db"); const pg = require("pg"); const one = new Client(); const two = new pg.Pool();',
    });
    expect(project.types("client = new Client({})")).toEqual(["npm:some-db#Client", "file:a.ts#Sub"]);
    expect(project.untyped("client.query()")).toBe(true);
    expect(project.untyped("connect()")).toBe(true);
    expect(project.types("other = new all.Pool<string>()")).toEqual(["npm:some-db#Pool<lib#string>"]);
    expect(project.types("third = new some.Thing()")).toEqual(["npm:some-db#Thing"]);
    expect(project.types("fourth = new legacy.Conn()")).toEqual(["npm:old-db#Conn"]);
    expect(project.types("sub = new Sub()")).toEqual(["file:a.ts#Sub"]);
    expect(project.types("one = new Client()")).toEqual(["npm:some-db#Client", "file:a.ts#Sub"]);
    expect(project.types("two = new pg.Pool()")).toEqual(["npm:pg#Pool"]);
  });
});
