// request: SUBMIT letter {"text":"TOKEN1"}
// request: SUBMIT note {"text":"TOKEN1"}
// request: SUBMIT poem {"text":"TOKEN1"}
// request: SUBMIT list {"text":"TOKEN1"}
// request: SUBMIT song {"text":"TOKEN1"}
import { useCallback, useEffect, useRef, useState, type ChangeEvent, type FormEvent } from "react";

interface Draft {
  /** @childData content */
  text: string;
}

/** @guardianConsent */
async function assertGuardianAgreed(): Promise<void> {
  const answer = await fetch("/api/guardian/consents?kind=writing");
  const { granted } = (await answer.json()) as { granted: boolean };
  if (!granted) throw new Error("no consent");
}

/** Remembers for the page whether a guardian has agreed. */
function useAgreement() {
  const agreed = useRef(false);
  useEffect(() => {
    assertGuardianAgreed()
      .then(() => {
        agreed.current = true;
      })
      .catch(() => undefined);
  }, []);
  return agreed;
}

function Letter() {
  const agreed = useAgreement();
  const area = useRef<HTMLTextAreaElement>(null);
  const send = (event: FormEvent) => {
    event.preventDefault();
    const draft: Draft = { text: area.current!.value };
    if (!agreed.current) return;
    void fetch("https://letters.example", { method: "POST", body: JSON.stringify(draft) });
  };
  return (
    <form name="letter" onSubmit={send}>
      <textarea name="text" ref={area} />
    </form>
  );
}

function Note() {
  const area = useRef<HTMLTextAreaElement>(null);
  const sent = useRef(false);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (sent.current) return;
    sent.current = true;
    const draft: Draft = { text: area.current!.value };
    void fetch("https://notes.example", { method: "POST", body: JSON.stringify(draft) }); // expect: require-guardian-consent Draft.text
  };
  return (
    <form name="note" onSubmit={send}>
      <textarea name="text" ref={area} />
    </form>
  );
}

/** What is typed is kept with each letter, long before it is sent. */
function Poem() {
  const [draft, setDraft] = useState<Draft>({ text: "" });
  const onChange = (event: ChangeEvent<HTMLTextAreaElement>) => {
    const next: Draft = { ...draft, text: event.target.value };
    setDraft(next);
    localStorage.setItem("poem", next.text); // expect: require-guardian-consent Draft.text
  };
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    await assertGuardianAgreed();
    await fetch("https://poems.example", { method: "POST", body: JSON.stringify(draft) });
  };
  return (
    <form name="poem" onSubmit={(event) => void onSubmit(event).catch(() => undefined)}>
      <textarea name="text" value={draft.text} onChange={onChange} />
    </form>
  );
}

/** An effect keeps what was typed. */
function List() {
  const [draft, setDraft] = useState<Draft>({ text: "" });
  useEffect(() => {
    if (draft.text !== "") localStorage.setItem("list", JSON.stringify(draft)); // expect: require-guardian-consent Draft.text
  }, [draft]);
  return (
    <form name="list">
      <textarea name="text" value={draft.text} onChange={(event) => setDraft({ text: event.target.value })} />
    </form>
  );
}

function Song() {
  const [draft, setDraft] = useState<Draft>({ text: "" });
  const [mayKeep, setMayKeep] = useState(false);
  useEffect(() => {
    void (async () => {
      try {
        await assertGuardianAgreed();
        setMayKeep(true);
      } catch {
        console.info("nothing is kept");
      }
    })();
  }, []);
  useEffect(() => {
    if (mayKeep) localStorage.setItem("song", JSON.stringify(draft));
  }, [draft, mayKeep]);
  const onChange = useCallback((event: ChangeEvent<HTMLTextAreaElement>) => {
    const { value } = event.currentTarget;
    setDraft((before) => ({ ...before, text: value }));
  }, []);
  return (
    <form name="song">
      <textarea name="text" value={draft.text} onChange={onChange} />
    </form>
  );
}

export const App = () => (
  <>
    <Letter />
    <Note />
    <Poem />
    <List />
    <Song />
  </>
);
