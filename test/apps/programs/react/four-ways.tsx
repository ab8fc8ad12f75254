// request: SUBMIT keep {"text":"TOKEN1"}
// request: SUBMIT early {"text":"TOKEN1"}
// request: SUBMIT soon {"text":"TOKEN1"}
// request: SUBMIT anyway {"text":"TOKEN1"}
// request: SUBMIT draft {"text":"TOKEN1"}
import { useEffect, type FormEvent, type ReactNode } from "react";

interface Note {
  /** @childData content */
  text: string;
}

/** @guardianConsent */
async function assertConsent(): Promise<void> {
  const response = await fetch("/api/consent");
  const body: { granted: boolean } = await response.json();
  if (body.granted !== true) throw new Error("please ask your guardian");
}

type Save = (note: Note) => Promise<void>;

const keep: Save = async (note) => {
  await assertConsent();
  await fetch("https://notes.example/keep", { method: "POST", body: note.text });
};
const early: Save = async (note) => {
  // reason: it runs after this
  await fetch("https://notes.example/early", { method: "POST", body: note.text }); // expect: require-guardian-consent Note.text
  await assertConsent();
};
const soon: Save = async (note) => {
  assertConsent().catch(() => undefined);
  // reason: its promise is not awaited
  await fetch("https://notes.example/soon", { method: "POST", body: note.text }); // expect: require-guardian-consent Note.text
};
const anyway: Save = async (note) => {
  try {
    await assertConsent();
  } catch {
    console.warn("no consent");
  }
  // reason: the error is swallowed, or the answer lost, at four-ways.tsx:39
  await fetch("https://notes.example/anyway", { method: "POST", body: note.text }); // expect: require-guardian-consent Note.text
};
const draft: Save = async (note) => {
  // reason: it stands in a function that is called later, or never
  await fetch("https://notes.example/drafts", { method: "POST", body: note.text }); // expect: require-guardian-consent Note.text
};

function Box({ name, save }: { name: string; save: Save }): ReactNode {
  function handleSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    save({ text: data.get("text") as string }).catch(() => undefined);
  }
  return (
    <form name={name} onSubmit={handleSubmit}>
      <input name="text" />
    </form>
  );
}

export function App() {
  // Nothing waits for it.
  useEffect(() => {
    assertConsent().catch(() => undefined);
  }, []);
  return (
    <>
      <Box name="keep" save={keep} />
      <Box name="early" save={early} />
      <Box name="soon" save={soon} />
      <Box name="anyway" save={anyway} />
      <Box name="draft" save={draft} />
    </>
  );
}
