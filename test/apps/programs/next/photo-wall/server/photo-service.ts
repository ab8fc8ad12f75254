import { Pool } from "pg";
import type { Photo } from "./photo";

export class PhotoService {
  readonly #db = new Pool();

  async add(photo: Photo) {
    await this.#db.query("INSERT INTO photos (caption) VALUES ($1)", [photo.caption]);
  }
  async recognise({ faces }: Photo) {
    await fetch("https://faces.example/recognise", { method: "POST", body: faces });
  }
  async publish(photo: Photo) {
    await fetch("https://wall.example/photos", { method: "POST", body: JSON.stringify(photo) });
  }
  async report({ caption }: Photo) {
    await this.#db.query("INSERT INTO reports (caption) VALUES ($1)", [caption]); // expect: require-guardian-consent Photo.caption
  }
  async caption({ caption, faces }: Photo) {
    await this.#db.query("UPDATE photos SET caption = $1, faces = $2", [caption, faces]); // expect: require-guardian-consent Photo.caption, Photo.faces
  }
}
