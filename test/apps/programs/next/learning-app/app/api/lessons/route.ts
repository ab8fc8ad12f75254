// request: POST /api/lessons [cookie: guardian=g1] {"name":"TOKEN1"}
// request: PUT /api/lessons [cookie: guardian=g1] {"name":"TOKEN1"}
import type { NextRequest } from "next/server";
import { Queue } from "bullmq";
import { hasConsent, withConsent } from "@/lib/consent";
import type { Pupil } from "@/lib/pupil";

const lessons = new Queue("lessons-queue");

async function book(request: NextRequest): Promise<Response> {
  const { name }: Pick<Pupil, "name"> = await request.json();
  await lessons.add("book", { name }); // expect: require-guardian-consent Pupil.name
  return Response.json({ booked: true });
}

export const POST = withConsent(book);

/** The same, with a guard that is swallowed. */
export async function PUT(request: NextRequest): Promise<Response> {
  try {
    if (!(await hasConsent(request.cookies.get("guardian")?.value))) throw new Error("not agreed");
  } catch (error) {
    console.error(error instanceof Error);
  }
  return book(request);
}
