// request: POST /api/kids/maths/marks [cookie: guardian=g1] {"mark":"TOKEN1"}
// request: PUT /api/kids/maths/marks [cookie: guardian=g1] {"mark":"TOKEN1"}
import { pool, type Note } from "@/consent";

interface Context {
  params: Promise<{ path: string[] }>;
}

const save = async (request: Request, { params }: Context) => {
  const [subject] = (await params).path;
  const { mark }: Note = await request.json();
  await pool.query("INSERT INTO marks (subject, mark) VALUES ($1, $2)", [subject, mark]);
  return Response.json({ subject });
};

export { save as POST, save as PUT };
