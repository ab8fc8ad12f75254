// request: SUBMIT comment {"body":"TOKEN1"}
// request: SUBMIT reply {"body":"TOKEN1"}
// request: SUBMIT review {"body":"TOKEN1"}
// request: SUBMIT question {"body":"TOKEN1"}
// request: SUBMIT answer {"body":"TOKEN1"}
import { startTransition, useActionState, useOptimistic, useState, useTransition, type FormEvent } from "react";

interface Comment {
  /** @childData content */
  body: string;
}

type Consent = { kind: "granted"; by: string } | { kind: "refused" };

/** @guardianConsent */
async function consentOfGuardian(): Promise<"granted" | "refused"> {
  const reply = await fetch("/api/consent");
  const { granted } = await reply.json();
  return granted === true ? "granted" : "refused";
}

async function post(path: string, comment: Comment): Promise<void> {
  await fetch(`https://forum.example/${path}`, { method: "POST", body: JSON.stringify(comment) });
}

const commentOf = (form: FormData): Comment => ({ body: form.get("body")?.toString() ?? "" });

function CommentForm() {
  const [error, action, isPending] = useActionState<string | null, FormData>(async (_previous, form) => {
    const consent = await consentOfGuardian();
    if (consent !== "granted") return "Please ask your guardian.";
    await post("comments", commentOf(form));
    return null;
  }, null);
  return (
    <form name="comment" action={action}>
      <textarea name="body" />
      <button disabled={isPending}>Send</button>
      <p>{error}</p>
    </form>
  );
}

async function reply(_count: number, form: FormData): Promise<number> {
  const comment = commentOf(form);
  await fetch("https://forum.example/replies", { method: "POST", body: JSON.stringify(comment) }); // expect: require-guardian-consent Comment.body
  const consent = await consentOfGuardian();
  return consent === "granted" ? 1 : 0;
}

function ReplyForm() {
  const [count, sendReply] = useActionState(reply, 0);
  return (
    <form name="reply" action={sendReply}>
      <textarea name="body" />
      <p>{count} replies</p>
    </form>
  );
}

function ReviewForm() {
  const [reviews, setReviews] = useState<Comment[]>([]);
  const [shown, addShown] = useOptimistic(reviews, (before, next: Comment) => [...before, next]);
  async function action(form: FormData) {
    const review = commentOf(form);
    addShown(review);
    const isGranted = (await consentOfGuardian()) === "granted";
    if (!isGranted) return;
    await post("reviews", review);
    setReviews((before) => [...before, review]);
  }
  return (
    <form name="review" action={action}>
      <textarea name="body" />
      <p>{shown.length} reviews</p>
    </form>
  );
}

/** That it has been asked is not what it said. */
function QuestionForm() {
  const [isPending, start] = useTransition();
  const [consent, setConsent] = useState<Consent["kind"] | null>(null);
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const comment = commentOf(new FormData(event.currentTarget));
    start(async () => {
      if (consent === null) setConsent(await consentOfGuardian());
      await fetch("https://forum.example/questions", { method: "POST", body: JSON.stringify(comment) }); // expect: require-guardian-consent Comment.body
    });
  };
  return (
    <form name="question" onSubmit={onSubmit}>
      <textarea name="body" />
      <p>{isPending ? "sending" : "send"}</p>
    </form>
  );
}

function AnswerForm() {
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const comment = commentOf(new FormData(event.currentTarget));
    startTransition(async () => {
      switch (await consentOfGuardian()) {
        case "granted":
          await post("answers", comment);
          break;
        case "refused":
          console.info("nothing was sent");
      }
    });
  };
  return (
    <form name="answer" onSubmit={onSubmit}>
      <textarea name="body" />
    </form>
  );
}

export function App() {
  return (
    <>
      <CommentForm />
      <ReplyForm />
      <ReviewForm />
      <QuestionForm />
      <AnswerForm />
    </>
  );
}
