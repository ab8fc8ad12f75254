// request: PUT /api/albums/4 {"title":"TOKEN1","guardianId":"g1"}
import { guardedLoosely, pool } from "../../../consent";
import type { Album } from "./index";

export default guardedLoosely(async (request, response) => {
  const { title }: Album = request.body;
  await pool.query("UPDATE albums SET title = $1 WHERE id = $2", [title, request.query.id]); // expect: require-guardian-consent Album.title
  if (!response.writableEnded) response.status(204).end();
});
