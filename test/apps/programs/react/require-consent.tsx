// request: SUBMIT scores {"player":"TOKEN1"}
// request: SUBMIT clan {"player":"TOKEN1"}
// request: SUBMIT guild {"player":"TOKEN1"}
// request: SUBMIT arena {"player":"TOKEN1"}
// request: SUBMIT league {"player":"TOKEN1"}
// request: SUBMIT duel {"player":"TOKEN1"}
import { useEffect, useState, type ComponentType, type FormEvent, type ReactNode } from "react";

/** @childData account */
interface Entry {
  player: string;
}

/** @guardianConsent */
const askServer = async (): Promise<boolean> => {
  const answer = await fetch("/me/guardian-consent");
  return answer.ok && (await answer.json()).granted === true;
};

function useGranted() {
  const [granted, setGranted] = useState<boolean | null>(null);
  useEffect(() => {
    askServer()
      .then(setGranted)
      .catch(() => setGranted(false));
  }, []);
  return granted;
}

/** Shows what it is about only where a guardian has agreed. */
function RequireConsent({ children, fallback = null }: { children: ReactNode; fallback?: ReactNode }) {
  const granted = useGranted();
  if (granted === null) return <progress />;
  return <>{granted ? children : fallback}</>;
}

/** Only says that somebody has not been asked. */
function ConsentBanner({ children }: { children: ReactNode }) {
  const granted = useGranted();
  return (
    <section>
      {!granted && <p role="alert">Ask a guardian to agree.</p>}
      {children}
    </section>
  );
}

function Panel({ title, children }: { title: string; children: ReactNode }) {
  return (
    <article>
      <h2>{title}</h2>
      {children}
    </article>
  );
}

function withConsent<P extends object>(Component: ComponentType<P>) {
  return function Guarded(props: P) {
    const granted = useGranted();
    if (!granted) return null;
    return <Component {...props} />;
  };
}

function withTracking<P extends object>(Component: ComponentType<P>): ComponentType<P> {
  return (props) => (
    <div>
      <Component {...props} />
    </div>
  );
}

function read(event: FormEvent<HTMLFormElement>): Entry {
  event.preventDefault();
  const { player } = Object.fromEntries(new FormData(event.currentTarget)) as unknown as Entry;
  return { player };
}

function Scores() {
  return (
    <form name="scores" onSubmit={(e) => void navigator.sendBeacon("https://boards.example/s", read(e).player)}>
      <input name="player" />
    </form>
  );
}

function Clan() {
  const onSubmit = (e: FormEvent<HTMLFormElement>) => {
    const { player } = read(e);
    void fetch("https://boards.example/clans", { method: "POST", body: player }); // expect: require-guardian-consent Entry.player
  };
  return (
    <form name="clan" onSubmit={onSubmit}>
      <input name="player" />
    </form>
  );
}

function Guild() {
  const onSubmit = (e: FormEvent<HTMLFormElement>) => {
    const { player } = read(e);
    void fetch("https://boards.example/guilds", { method: "POST", body: player });
  };
  return (
    <form name="guild" onSubmit={onSubmit}>
      <input name="player" />
    </form>
  );
}

function Match({ name, place }: { name: string; place: string }) {
  const onSubmit = (e: FormEvent<HTMLFormElement>) => {
    const entry = read(e);
    localStorage.setItem(place, JSON.stringify(entry));
  };
  return (
    <form name={name} onSubmit={onSubmit}>
      <input name="player" />
    </form>
  );
}

function Duel() {
  const onSubmit = (e: FormEvent<HTMLFormElement>) => {
    const entry = read(e);
    void fetch("https://boards.example/duels", { method: "POST", body: JSON.stringify(entry) }); // expect: require-guardian-consent Entry.player
  };
  return (
    <form name="duel" onSubmit={onSubmit}>
      <input name="player" />
    </form>
  );
}

const GuardedMatch = withConsent(Match);
const TrackedDuel = withTracking(Duel);

export function App() {
  return (
    <main>
      <RequireConsent fallback={<p>Please ask your guardian.</p>}>
        <Scores />
        <Panel title="Guilds">
          <Guild />
        </Panel>
      </RequireConsent>
      <ConsentBanner>
        <Clan />
      </ConsentBanner>
      <GuardedMatch name="arena" place="arena" />
      <GuardedMatch name="league" place="league" />
      <TrackedDuel />
    </main>
  );
}
