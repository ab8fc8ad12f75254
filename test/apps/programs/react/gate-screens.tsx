// request: SUBMIT pen-pal {"nickname":"TOKEN1"}
// request: SUBMIT postcard {"nickname":"TOKEN1"}
// request: SUBMIT club {"nickname":"TOKEN1"}
// request: SUBMIT choir {"nickname":"TOKEN1"}
// request: SUBMIT band {"nickname":"TOKEN1"}
import { useEffect, useState, type FormEvent, type ReactNode } from "react";

interface Member {
  /** @childData identity */
  nickname: string;
}

/** @guardianConsent */
async function hasGuardianConsent(): Promise<boolean> {
  const response = await fetch("/api/consents/mine");
  const { granted } = (await response.json()) as { granted: boolean };
  return granted;
}

type Status = "asking" | "granted" | "missing";

function useConsentStatus(): Status {
  const [status, setStatus] = useState<Status>("asking");
  useEffect(() => {
    async function ask() {
      setStatus((await hasGuardianConsent()) ? "granted" : "missing");
    }
    void ask();
  }, []);
  return status;
}

function memberOf(event: FormEvent<HTMLFormElement>): Member {
  event.preventDefault();
  return { nickname: new FormData(event.currentTarget).get("nickname") as string };
}

function Field({ form, onSubmit }: { form: string; onSubmit: (event: FormEvent<HTMLFormElement>) => void }) {
  return (
    <form name={form} onSubmit={onSubmit}>
      <input name="nickname" />
    </form>
  );
}

/** The form is only shown once a guardian has agreed. */
function PenPal(): ReactNode {
  const status = useConsentStatus();
  if (status === "asking") return <p>One moment…</p>;
  if (status === "missing") return <p>Please ask your guardian.</p>;
  return (
    <Field
      form="pen-pal"
      onSubmit={(event) => {
        void fetch("https://letters.example/pals", { method: "POST", body: JSON.stringify(memberOf(event)) });
      }}
    />
  );
}

/** Waits for the answer, and shows the form whatever it is. */
function Postcard(): ReactNode {
  const status = useConsentStatus();
  if (status === "asking") return <p>One moment…</p>;
  return (
    <>
      {status === "missing" && <p>Please ask your guardian.</p>}
      <Field
        form="postcard"
        onSubmit={(event) => {
          void fetch("https://letters.example/cards", { method: "POST", body: JSON.stringify(memberOf(event)) }); // expect: require-guardian-consent Member.nickname
        }}
      />
    </>
  );
}

function Club(): ReactNode {
  const isGranted = useConsentStatus() === "granted";
  const join = (event: FormEvent<HTMLFormElement>) => {
    const member = memberOf(event);
    localStorage.setItem("club", member.nickname);
  };
  return isGranted ? <Field form="club" onSubmit={join} /> : <p>Please ask your guardian.</p>;
}

function Choirs(): ReactNode {
  const isGranted = useConsentStatus() === "granted";
  const sing = (event: FormEvent<HTMLFormElement>) => {
    const member = memberOf(event);
    localStorage.setItem("choir", member.nickname);
  };
  const play = (event: FormEvent<HTMLFormElement>) => {
    const member = memberOf(event);
    localStorage.setItem("band", member.nickname); // expect: require-guardian-consent Member.nickname
  };
  return (
    <section>
      {isGranted && <Field form="choir" onSubmit={sing} />}
      <Field form="band" onSubmit={play} />
    </section>
  );
}

export function App(): ReactNode {
  return (
    <>
      <PenPal />
      <Postcard />
      <Club />
      <Choirs />
    </>
  );
}
