// request: POST /api/albums {"title":"TOKEN1","guardianId":"g1"}
import { guarded, pool } from "../../../consent";

export interface Album {
  /** @childData content */
  title: string;
}

export default guarded(async (request, response) => {
  const { title }: Album = request.body;
  await pool.query("INSERT INTO albums (title) VALUES ($1)", [title]);
  response.status(201).json({ title });
});
