// request: SUBMIT diary {"entry":"TOKEN1"}
// request: SUBMIT shared {"entry":"TOKEN1"}
// request: SUBMIT late {"entry":"TOKEN1"}
// request: SUBMIT stateful {"entry":"TOKEN1"}
// request: SUBMIT transition {"entry":"TOKEN1"}
import { useActionState, useEffect, useState, useTransition, type FormEvent } from "react";

interface Diary {
  /** @childData content */
  entry: string;
}

/** @guardianConsent */
async function guardianAgreed(): Promise<boolean> {
  const answer = await fetch("/api/guardian/consent");
  return ((await answer.json()) as { granted?: boolean }).granted === true;
}

const cloud = (path: string, diary: Diary) =>
  fetch(`https://cloud.example/${path}`, { method: "POST", body: JSON.stringify(diary) });

function useAgreed(): boolean {
  const [agreed, setAgreed] = useState(false);
  useEffect(() => {
    let isCurrent = true;
    void guardianAgreed().then((yes) => {
      if (isCurrent) setAgreed(yes);
    });
    return () => {
      isCurrent = false;
    };
  }, []);
  return agreed;
}

function read(event: FormEvent<HTMLFormElement>): Diary {
  event.preventDefault();
  return { entry: new FormData(event.currentTarget).get("entry") as string };
}

function DiaryForm() {
  const agreed = useAgreed();
  return (
    <form
      name="diary"
      onSubmit={(event) => {
        const diary = read(event);
        if (agreed) void cloud("diary", diary);
      }}
    >
      <input name="entry" />
    </form>
  );
}

function SharedForm() {
  const agreed = useAgreed();
  return (
    <form
      name="shared"
      onSubmit={(event) => {
        const diary = read(event);
        if (!agreed) console.warn("please ask your guardian");
        void fetch("https://walls.example/posts", { method: "POST", body: JSON.stringify(diary) }); // expect: require-guardian-consent Diary.entry
      }}
    >
      <input name="entry" />
    </form>
  );
}

function LateForm() {
  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    const diary = read(event);
    localStorage.setItem("draft", diary.entry); // expect: require-guardian-consent Diary.entry
    if (await guardianAgreed()) await cloud("late", diary);
  };
  return (
    <form name="late" onSubmit={onSubmit}>
      <input name="entry" />
    </form>
  );
}

function StatefulForm() {
  const [message, send] = useActionState(async (_before: string, form: FormData) => {
    const diary: Diary = { entry: form.get("entry") as string };
    if (!(await guardianAgreed())) return "please ask your guardian";
    await cloud("stateful", diary);
    return "sent";
  }, "");
  return (
    <form name="stateful" action={send}>
      <input name="entry" />
      <p>{message}</p>
    </form>
  );
}

function TransitionForm() {
  const [, startTransition] = useTransition();
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    const diary = read(event);
    startTransition(async () => {
      await fetch("https://walls.example/notes", { method: "POST", body: JSON.stringify(diary) }); // expect: require-guardian-consent Diary.entry
      await guardianAgreed();
    });
  };
  return (
    <form name="transition" onSubmit={onSubmit}>
      <input name="entry" />
    </form>
  );
}

export function App() {
  return (
    <>
      <DiaryForm />
      <SharedForm />
      <LateForm />
      <StatefulForm />
      <TransitionForm />
    </>
  );
}
