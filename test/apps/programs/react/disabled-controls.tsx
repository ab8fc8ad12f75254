// request: SUBMIT sport {"team":"TOKEN1"}
// request: SUBMIT dance {"team":"TOKEN1"}
// request: SUBMIT chess {"team":"TOKEN1"}
// request: SUBMIT swim {"team":"TOKEN1"}
// request: CLICK Share where I am {"latitude":"TOKEN1"}
// request: CLICK Show where I am {"latitude":"TOKEN1"}
import { useEffect, useState, type FormEvent } from "react";

/** @childData behaviour */
interface Choice {
  team: string;
}
/** @childData location */
interface Spot {
  latitude: number;
}

/** @guardianConsent */
async function consented(): Promise<boolean> {
  return (await (await fetch("/api/consent")).json()).granted === true;
}

function useAnswer() {
  const [answer, setAnswer] = useState({ granted: false, isPending: true });
  useEffect(() => {
    consented().then((granted) => setAnswer({ granted, isPending: false }));
  }, []);
  return answer;
}

const choiceOf = (event: FormEvent<HTMLFormElement>): Choice => {
  event.preventDefault();
  return { team: new FormData(event.currentTarget).get("team") as string };
};

/** Nobody can send it before a guardian has agreed. */
function Sport() {
  const { granted } = useAnswer();
  return (
    <form name="sport" onSubmit={(e) => void fetch("https://teams.example/sport", { method: "POST", body: choiceOf(e).team })}>
      <input name="team" />
      <button type="submit" disabled={!granted}>
        Join
      </button>
    </form>
  );
}

function Dance() {
  const { isPending } = useAnswer();
  const join = (e: FormEvent<HTMLFormElement>) => {
    const choice = choiceOf(e);
    void fetch("https://teams.example/dance", { method: "POST", body: choice.team }); // expect: require-guardian-consent Choice.team
  };
  return (
    <form name="dance" onSubmit={join}>
      <input name="team" />
      <button disabled={isPending}>Join</button>
    </form>
  );
}

/** Only the button that clears it waits for a guardian. */
function Chess() {
  const { granted } = useAnswer();
  const join = (e: FormEvent<HTMLFormElement>) => {
    const choice = choiceOf(e);
    void fetch("https://teams.example/chess", { method: "POST", body: choice.team }); // expect: require-guardian-consent Choice.team
  };
  return (
    <form name="chess" onSubmit={join}>
      <input name="team" />
      <button type="reset" disabled={!granted}>
        Clear
      </button>
      <button>Join</button>
    </form>
  );
}

function Swim() {
  const { granted, isPending } = useAnswer();
  const isLocked = isPending || !granted;
  return (
    <form name="swim" onSubmit={(e) => void fetch("https://teams.example/swim", { method: "POST", body: choiceOf(e).team })}>
      <input name="team" />
      <button disabled={isLocked}>{isLocked ? "Waiting for your guardian" : "Join"}</button>
    </form>
  );
}

function Where() {
  const { granted } = useAnswer();
  const [spot, setSpot] = useState<Spot | null>(null);
  const find = () => {
    navigator.geolocation.getCurrentPosition(({ coords }) => setSpot({ latitude: coords.latitude }));
  };
  const show = () => {
    navigator.geolocation.getCurrentPosition(({ coords }) => setSpot({ latitude: coords.latitude })); // expect: require-guardian-consent Spot.latitude
  };
  return (
    <>
      <p>{spot?.latitude}</p>
      <button disabled={!granted} onClick={find}>
        Share where I am
      </button>
      <button onClick={show}>Show where I am</button>
    </>
  );
}

export function App() {
  return (
    <>
      <Sport />
      <Dance />
      <Chess />
      <Swim />
      <Where />
    </>
  );
}
