"use server";
// request: ACTION /wall#uploadPhoto [cookie: session=s1] {"caption":"TOKEN1","faces":"TOKEN2"}
// request: ACTION /wall#tagFaces [cookie: session=s1] {"caption":"TOKEN1","faces":"TOKEN2"}
// request: ACTION /wall#publishPhoto [cookie: session=s1] {"caption":"TOKEN1","faces":"TOKEN2"}
// request: ACTION /wall#reportPhoto [cookie: session=s1] {"caption":"TOKEN1","faces":"TOKEN2"}
// request: ACTION /wall#captionPhoto [cookie: session=s1] {"caption":"TOKEN1","faces":"TOKEN2"}
import { getSession } from "../../server/session";
import { PhotoService } from "../../server/photo-service";
import { redirectUnlessConsented, tryConsent } from "../../server/consent";
import type { Photo } from "../../server/photo";

const photos = new PhotoService();

const photoOf = (form: FormData): Photo => ({
  caption: String(form.get("caption")),
  faces: String(form.get("faces")),
});

export async function uploadPhoto(form: FormData) {
  const session = await getSession();
  if (!session.consented) throw new Error("Only with your parents");
  await photos.add(photoOf(form));
}

export async function tagFaces(form: FormData) {
  await redirectUnlessConsented();
  await photos.recognise(photoOf(form));
}

export async function publishPhoto(form: FormData) {
  try {
    await redirectUnlessConsented();
    await photos.publish(photoOf(form));
  } catch {
    return { error: "Something went wrong" };
  }
  return { error: null };
}

export async function reportPhoto(form: FormData) {
  const photo = photoOf(form);
  try {
    await redirectUnlessConsented();
  } catch {
    // The redirect is thrown, and it ends here.
  }
  await photos.report(photo);
}

export async function captionPhoto(form: FormData) {
  await tryConsent();
  await photos.caption(photoOf(form));
}
