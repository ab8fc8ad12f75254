// request: POST /notes {"transcript":"TOKEN1","speaker":"TOKEN2","guardianId":"g1"}
// request: PUT /notes {"transcript":"TOKEN1","speaker":"TOKEN2","guardianId":"g1"}
// request: POST /notes/translate {"transcript":"TOKEN1","speaker":"TOKEN2","guardianId":"g1"}
// request: POST /notes/speaker {"transcript":"TOKEN1","speaker":"TOKEN2","guardianId":"g1"}
// request: POST /notes/archive {"transcript":"TOKEN1","speaker":"TOKEN2","guardianId":"g1"}
// request: POST /notes/title {"transcript":"TOKEN1","speaker":"TOKEN2","guardianId":"g1"}
// request: POST /notes/mood {"transcript":"TOKEN1","speaker":"TOKEN2","guardianId":"g1"}
import { bodyParser } from "@koa/bodyparser";
import Router from "@koa/router";
import Koa, { type ParameterizedContext } from "koa";
import { writeFile } from "node:fs/promises";
import { Pool } from "pg";

/** @childData media */
interface VoiceNote {
  transcript: string;
  speaker: string;
  /** @notChildData */
  guardianId: string;
}

interface ConsentPort {
  /** @guardianConsent */
  check(guardianId: string): Promise<boolean>;
}

class RemoteConsents implements ConsentPort {
  constructor(
    private readonly base: string,
    private readonly http: typeof fetch = fetch,
  ) {}
  async check(guardianId: string): Promise<boolean> {
    const answer = await this.http(`${this.base}/consents/${guardianId}`);
    const { granted } = (await answer.json()) as { granted: boolean };
    return granted;
  }
}

type Method = (this: NotesController, ctx: ParameterizedContext) => Promise<void>;

/** Calls the method only when the guardian agreed. */
function consented(method: Method, _context: ClassMethodDecoratorContext): Method {
  return async function (ctx) {
    const { guardianId } = ctx.request.body as VoiceNote;
    if (await this.consents.check(guardianId)) return method.call(this, ctx);
    ctx.status = 403;
  };
}

/** Calls the method, and says what the guardian thinks of it. */
function consentShown(method: Method, _context: ClassMethodDecoratorContext): Method {
  return async function (ctx) {
    const agreed = await this.consents.check((ctx.request.body as VoiceNote).guardianId);
    ctx.set("x-consent", String(agreed));
    return method.call(this, ctx);
  };
}

class NotesController {
  constructor(
    readonly consents: ConsentPort,
    private readonly pool: Pool,
  ) {}

  create = async (ctx: ParameterizedContext) => {
    const note = this.#read(ctx);
    if (!(await this.consents.check(note.guardianId))) return this.#refuse(ctx);
    await this.pool.query("INSERT INTO notes (transcript, speaker) VALUES ($1, $2)", [note.transcript, note.speaker]);
    ctx.status = 201;
  };

  replace = async (ctx: ParameterizedContext) => {
    ctx.status = 204;
    const note = this.#read(ctx);
    if (!(await this.consents.check(note.guardianId))) this.#refuse(ctx);
    await this.pool.query("UPDATE notes SET transcript = $1", [note.transcript]); // expect: require-guardian-consent VoiceNote.transcript
  };

  async translate(ctx: ParameterizedContext) {
    const note = this.#read(ctx);
    const { consents } = this;
    const allowed = await consents.check(note.guardianId);
    const sent = allowed
      ? await fetch("https://translate.example/v2", { method: "POST", body: note.transcript })
      : null;
    ctx.status = sent?.ok ? 200 : 403;
  }

  async speaker(ctx: ParameterizedContext) {
    const { speaker, guardianId } = this.#read(ctx);
    await this.consents.check(guardianId);
    await this.pool.query("INSERT INTO speakers (speaker) VALUES ($1)", [speaker]); // expect: require-guardian-consent VoiceNote.speaker
    ctx.status = 201;
  }

  async archive(ctx: ParameterizedContext) {
    const note = this.#read(ctx);
    try {
      if (!(await this.consents.check(note.guardianId))) throw new Error("refused");
    } finally {
      ctx.status = 202;
    }
    await writeFile(`/archive/${Date.now()}.json`, JSON.stringify(note));
  }

  @consented
  async title(ctx: ParameterizedContext) {
    await this.pool.query("INSERT INTO titles (title) VALUES ($1)", [this.#read(ctx).transcript]);
    ctx.status = 201;
  }

  @consentShown
  async mood(ctx: ParameterizedContext) {
    await this.pool.query("INSERT INTO moods (of) VALUES ($1)", [this.#read(ctx).speaker]); // expect: require-guardian-consent VoiceNote.speaker
    ctx.status = 201;
  }

  #read(ctx: ParameterizedContext): VoiceNote {
    return ctx.request.body as VoiceNote;
  }
  #refuse(ctx: ParameterizedContext): void {
    ctx.status = 403;
    ctx.body = { error: "A grown-up has to agree." };
  }
}

const notes = new NotesController(new RemoteConsents("https://consents.school.example"), new Pool());

export const app = new Koa();
const router = new Router({ prefix: "/notes" });
router
  .post("/", notes.create)
  .put("/", notes.replace)
  .post("/translate", (ctx) => notes.translate(ctx))
  .post("/speaker", notes.speaker.bind(notes))
  .post("/title", (ctx) => notes.title(ctx))
  .post("/mood", (ctx) => notes.mood(ctx))
  .post("/archive", (ctx) => notes.archive(ctx));
app.use(bodyParser()).use(router.routes());
