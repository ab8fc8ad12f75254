// request: SUBMIT profile {"school":"TOKEN1"}
// request: SUBMIT early {"school":"TOKEN1"}
// request: SUBMIT details {"school":"TOKEN1"}
// request: SUBMIT preview {"school":"TOKEN1"}
import { useEffect, useReducer, useState, type FormEvent } from "react";

/** @childData education */
type Pupil = { school: string };

/** @guardianConsent */
async function checkConsent(): Promise<boolean> {
  const reply = await fetch("/v1/consent/status");
  const body: { granted?: boolean } = await reply.json();
  return body.granted ?? false;
}

interface State {
  step: number;
  granted: boolean;
  error: string | null;
}
type Action = { type: "answered"; granted: boolean } | { type: "failed"; message: string } | { type: "next" };

function reduce(state: State, action: Action): State {
  switch (action.type) {
    case "answered":
      return { ...state, granted: action.granted, step: 1 };
    case "failed":
      return { ...state, error: action.message };
    case "next":
      return { ...state, step: state.step + 1 };
  }
}

const pupilOf = (form: HTMLFormElement): Pupil => ({ school: String(new FormData(form).get("school")) });

function Profile() {
  const [state, dispatch] = useReducer(reduce, { step: 0, granted: false, error: null });
  useEffect(() => {
    checkConsent().then(
      (granted) => dispatch({ type: "answered", granted }),
      (error: Error) => dispatch({ type: "failed", message: error.message }),
    );
  }, []);

  function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (!state.granted) {
      dispatch({ type: "failed", message: "A guardian has to agree first." });
      return;
    }
    window.localStorage.setItem("profile", JSON.stringify(pupilOf(event.currentTarget)));
  }
  function saveEarly(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (state.error !== null) return;
    window.localStorage.setItem("early", JSON.stringify(pupilOf(event.currentTarget))); // expect: require-guardian-consent Pupil.school
  }
  return (
    <div>
      <p>{state.error}</p>
      <form name="profile" onSubmit={save}>
        <input name="school" />
      </form>
      <form name="early" onSubmit={saveEarly}>
        <input name="school" />
      </form>
    </div>
  );
}

/** Nobody comes to the second step without consent. */
function Wizard() {
  const [step, setStep] = useState<"consent" | "details" | "preview">("consent");
  useEffect(() => {
    void (async () => {
      if (await checkConsent()) setStep("details");
      else setStep("preview");
    })();
  }, []);
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void fetch("https://schools.example/pupils", { method: "POST", body: pupilOf(event.currentTarget).school });
  };
  const preview = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void fetch("https://schools.example/preview", { method: "POST", body: pupilOf(event.currentTarget).school }); // expect: require-guardian-consent Pupil.school
  };
  switch (step) {
    case "consent":
      return <p>Waiting for your guardian…</p>;
    case "details":
      return (
        <form name="details" onSubmit={send}>
          <input name="school" />
        </form>
      );
    case "preview":
      return (
        <form name="preview" onSubmit={preview}>
          <input name="school" />
        </form>
      );
  }
}

export function App() {
  return (
    <>
      <Profile />
      <Wizard />
    </>
  );
}
