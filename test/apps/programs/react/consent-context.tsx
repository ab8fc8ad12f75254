// request: SUBMIT story {"title":"TOKEN1"}
// request: SUBMIT poem {"title":"TOKEN1"}
// request: SUBMIT riddle {"title":"TOKEN1"}
// request: SUBMIT joke {"title":"TOKEN1"}
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
  type FormEvent,
  type PropsWithChildren,
} from "react";

interface Text {
  /** @childData content */
  title: string;
}

/** @guardianConsent */
async function isConsentOnRecord(): Promise<boolean> {
  const res = await fetch("/api/consent-record");
  if (!res.ok) return false;
  const record = await res.json();
  return record.granted === true;
}

interface Consent {
  readonly granted: boolean;
  readonly isLoading: boolean;
  refresh(): Promise<void>;
}

const ConsentContext = createContext<Consent | null>(null);

function ConsentProvider({ children }: PropsWithChildren) {
  const [granted, setGranted] = useState(false);
  const [isLoading, setIsLoading] = useState(true);
  const refresh = useCallback(async () => {
    const answer = await isConsentOnRecord();
    setGranted(answer);
    setIsLoading(false);
  }, []);
  useEffect(() => {
    void refresh();
  }, [refresh]);
  const value = useMemo(() => ({ granted, isLoading, refresh }), [granted, isLoading, refresh]);
  return <ConsentContext.Provider value={value}>{children}</ConsentContext.Provider>;
}

function useConsent(): Consent {
  const consent = useContext(ConsentContext);
  if (consent === null) throw new Error("useConsent is used outside of its provider");
  return consent;
}

function useSubmit(send: (text: Text) => void) {
  return (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    send({ title: new FormData(event.currentTarget).get("title") as string });
  };
}

function Story() {
  const { granted } = useConsent();
  const onSubmit = useSubmit((text) => {
    if (!granted) return;
    void fetch("https://stories.example", { method: "PUT", body: JSON.stringify(text) });
  });
  return (
    <form name="story" onSubmit={onSubmit}>
      <input name="title" />
    </form>
  );
}

/** That the answer has come does not say what it is. */
function Poem() {
  const { isLoading } = useConsent();
  const onSubmit = useSubmit((text) => {
    if (isLoading) return;
    void fetch("https://poems.example", { method: "PUT", body: JSON.stringify(text) }); // expect: require-guardian-consent Text.title
  });
  return (
    <form name="poem" onSubmit={onSubmit}>
      <input name="title" />
    </form>
  );
}

function Riddle() {
  const consent = useConsent();
  if (!consent.granted) return <button onClick={() => void consent.refresh()}>Ask again</button>;
  return <RiddleForm />;
}

function RiddleForm() {
  const onSubmit = useSubmit(({ title }) => localStorage.setItem("riddle", title));
  return (
    <form name="riddle" onSubmit={onSubmit}>
      <input name="title" />
    </form>
  );
}

function Joke() {
  const { refresh } = useConsent();
  const onSubmit = useSubmit(async (text) => {
    await refresh();
    localStorage.setItem("joke", text.title); // expect: require-guardian-consent Text.title
  });
  return (
    <form name="joke" onSubmit={onSubmit}>
      <input name="title" />
    </form>
  );
}

export const App = () => (
  <ConsentProvider>
    <Story />
    <Poem />
    <Riddle />
    <Joke />
  </ConsentProvider>
);
