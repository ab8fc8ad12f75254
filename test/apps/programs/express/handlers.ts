// request: POST /stories {"title":"TOKEN1","author":"TOKEN2","parent":"g1"}
// request: POST /stories/anonymous {"title":"TOKEN1","author":"TOKEN2","parent":"g1"}
// request: POST /stories/share {"title":"TOKEN1","author":"TOKEN2","parent":"g1"}
// request: PUT /stories/share {"title":"TOKEN1","author":"TOKEN2","parent":"g1"}
// request: POST /profile {"title":"TOKEN1","author":"TOKEN2","parent":"g1"}
// request: PATCH /profile {"title":"TOKEN1","author":"TOKEN2","parent":"g1"}
import express, { type Request, type RequestHandler, type Response } from "express";
import { Queue } from "bullmq";
import { Pool } from "pg";

const pool = new Pool();
const prints = new Queue("prints");

/** @childData content */
interface Story {
  title: string;
  author: string;
}

/** @guardianConsent */
async function parentSaidYes(parent: string): Promise<boolean> {
  const result = await pool.query("SELECT accepted FROM consents WHERE parent = $1 ORDER BY at DESC", [parent]);
  return result.rows.at(0)?.accepted ?? false;
}

type Handler = (req: Request, res: Response) => Promise<unknown>;

/** Wraps a handler: it only runs once the parent said yes. */
function withParent(handler: Handler): RequestHandler {
  return async (req, res) => {
    if (!(await parentSaidYes(req.body.parent))) return void res.sendStatus(451);
    await handler(req, res);
  };
}

/** Looks like the one above; but a promise is always there. */
function withParentIfAny(handler: Handler): RequestHandler {
  return async (req, res) => {
    const yes = parentSaidYes(req.body.parent);
    if (!yes) return void res.sendStatus(451);
    await handler(req, res);
  };
}

class StoryController {
  constructor(private readonly table: string) {}

  create: Handler = async (req, res) => {
    const story: Story = { title: req.body.title, author: req.body.author };
    await pool.query(`INSERT INTO ${this.table} (title, author) VALUES ($1, $2)`, [story.title, story.author]);
    return res.sendStatus(201);
  };

  createUnnamed: Handler = async (req, res) => {
    const story: Story = { title: req.body.title, author: req.body.author };
    await pool.query("INSERT INTO unnamed (title, author) VALUES ($1, $2)", [story.title, story.author]); // expect: require-guardian-consent Story.title, Story.author
    return res.sendStatus(201);
  };

  async share(req: Request, res: Response) {
    const story: Story = req.body;
    if (req.method === "POST" && !(await parentSaidYes(req.body.parent))) {
      res.sendStatus(451);
      return;
    }
    await prints.add("share", { title: story.title, author: story.author }); // expect: require-guardian-consent Story.title, Story.author
    res.sendStatus(202);
  }
}

const stories = new StoryController("stories");
export const app = express();
app.use(express.json());
app.post("/stories", withParent(stories.create));
app.post("/stories/anonymous", withParentIfAny(stories.createUnnamed));
app.post("/stories/share", (req, res) => stories.share(req, res));
app.put("/stories/share", stories.share.bind(stories));

// What an earlier handler found out is kept on the response.
const lookUp: RequestHandler = async (req, res, next) => {
  res.locals.agreed = await parentSaidYes(req.body.parent);
  next();
};
app.post("/profile", lookUp, async (req, res) => {
  const story: Story = req.body;
  if (!res.locals.agreed) return void res.sendStatus(451);
  await fetch("https://api.storyboard.example/profiles", { method: "POST", body: JSON.stringify(story) });
  res.end();
});
app.patch("/profile", lookUp, async (req, res) => {
  const story: Story = req.body;
  await fetch("https://api.storyboard.example/profiles", { method: "PATCH", body: JSON.stringify(story) }); // expect: require-guardian-consent Story.title, Story.author
  res.end();
});
