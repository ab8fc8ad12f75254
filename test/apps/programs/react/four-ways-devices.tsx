// request: CLICK Find me {"latitude":"TOKEN1","longitude":"TOKEN2"}
// request: CLICK Find me early {"latitude":"TOKEN1","longitude":"TOKEN2"}
// request: CLICK Find me soon {"latitude":"TOKEN1","longitude":"TOKEN2"}
// request: CLICK Find me anyway {"latitude":"TOKEN1","longitude":"TOKEN2"}
// request: CLICK Find me elsewhere {"latitude":"TOKEN1","longitude":"TOKEN2"}
// request: CLICK Picture {"stream":"TOKEN1"}
// request: CLICK Picture early {"stream":"TOKEN1"}
// request: CLICK Picture soon {"stream":"TOKEN1"}
// request: CLICK Picture anyway {"stream":"TOKEN1"}
// request: CLICK Picture elsewhere {"stream":"TOKEN1"}
// request: CLICK Voice {"stream":"TOKEN1"}
// request: CLICK Voice early {"stream":"TOKEN1"}
// request: CLICK Voice soon {"stream":"TOKEN1"}
// request: CLICK Voice anyway {"stream":"TOKEN1"}
// request: CLICK Voice elsewhere {"stream":"TOKEN1"}
import { useEffect, useRef, useState } from "react";

/** @childData location */
interface Place {
  latitude: number;
  longitude: number;
}
interface Recording {
  /** @childData media */
  stream: MediaStream;
}

/** @guardianConsent */
async function guardianAgrees(): Promise<boolean> {
  const answer = await fetch("/api/consent");
  return (await answer.json()).granted === true;
}
async function assertAgreed(): Promise<void> {
  if (!(await guardianAgrees())) throw new Error("please ask your guardian");
}

const placeOf = ({ coords }: GeolocationPosition): Place => ({ latitude: coords.latitude, longitude: coords.longitude });

function Finder() {
  const [place, setPlace] = useState<Place | null>(null);
  const show = (position: GeolocationPosition) => setPlace(placeOf(position));
  const find = async () => {
    if (!(await guardianAgrees())) return;
    navigator.geolocation.getCurrentPosition(show);
  };
  const early = async () => {
    // reason: it runs after this
    navigator.geolocation.getCurrentPosition((position) => setPlace(placeOf(position))); // expect: require-guardian-consent Place.latitude, Place.longitude
    if (!(await guardianAgrees())) setPlace(null);
  };
  const soon = () => {
    if (!guardianAgrees()) return;
    // reason: its promise is not awaited
    navigator.geolocation.watchPosition((position) => setPlace(placeOf(position))); // expect: require-guardian-consent Place.latitude, Place.longitude
  };
  const anyway = async () => {
    await assertAgreed().catch(() => console.warn("no consent"));
    // reason: the error is swallowed, or the answer lost, at four-ways-devices.tsx:57
    navigator.geolocation.getCurrentPosition((position) => setPlace(placeOf(position))); // expect: require-guardian-consent Place.latitude, Place.longitude
  };
  const elsewhere = () => {
    // reason: it stands in a function that is called later, or never, and nothing here waits for that
    navigator.geolocation.getCurrentPosition((position) => setPlace(placeOf(position))); // expect: require-guardian-consent Place.latitude, Place.longitude
  };
  return (
    <div data-found={place !== null}>
      <button onClick={find}>Find me</button>
      <button onClick={early}>Find me early</button>
      <button onClick={soon}>Find me soon</button>
      <button onClick={anyway}>Find me anyway</button>
      <button onClick={elsewhere}>Find me elsewhere</button>
    </div>
  );
}

function Camera() {
  const shown = useRef<Recording | null>(null);
  const picture = async () => {
    await assertAgreed();
    shown.current = { stream: await navigator.mediaDevices.getUserMedia({ video: true }) };
  };
  const early = async () => {
    // reason: it runs after this
    const stream = await navigator.mediaDevices.getUserMedia({ video: true }); // expect: require-guardian-consent Recording.stream
    if (await guardianAgrees()) shown.current = { stream };
  };
  const soon = async () => {
    void assertAgreed().catch(() => undefined);
    // reason: its promise is not awaited
    shown.current = { stream: await navigator.mediaDevices.getUserMedia({ video: true }) }; // expect: require-guardian-consent Recording.stream
  };
  const anyway = async () => {
    try {
      await assertAgreed();
    } catch {
      console.warn("no consent");
    }
    // reason: the error is swallowed, or the answer lost, at four-ways-devices.tsx:95
    shown.current = { stream: await navigator.mediaDevices.getUserMedia({ video: true }) }; // expect: require-guardian-consent Recording.stream
  };
  // Asks when it is shown, and takes the picture whatever is answered.
  const [, setAgreed] = useState(false);
  useEffect(() => {
    void guardianAgrees().then(setAgreed);
  }, []);
  const elsewhere = async () => {
    // reason: it stands in a function that is called later, or never, and nothing here waits for that
    shown.current = { stream: await navigator.mediaDevices.getUserMedia({ video: true }) }; // expect: require-guardian-consent Recording.stream
  };
  return (
    <div>
      <button onClick={picture}>Picture</button>
      <button onClick={early}>Picture early</button>
      <button onClick={soon}>Picture soon</button>
      <button onClick={anyway}>Picture anyway</button>
      <button onClick={elsewhere}>Picture elsewhere</button>
    </div>
  );
}

/** Who asks may hand on what comes behind it. */
const guarded = (work: () => void) => async () => {
  if (await guardianAgrees()) work();
};
const guardedSoon = (work: () => void) => () => {
  if (guardianAgrees()) work();
};
const guardedAnyway = (work: () => void) => async () => {
  const agrees = await assertAgreed().then(() => true, () => true);
  if (agrees) work();
};
const guardedAfterwards = (work: () => void) => async () => {
  work();
  await assertAgreed();
};

function Microphone() {
  const voice = useRef<Recording | null>(null);
  const listen = () => {
    void navigator.mediaDevices.getUserMedia({ audio: true }).then((stream) => {
      voice.current = { stream };
    });
  };
  const early = () => {
    // reason: it runs after this
    void navigator.mediaDevices.getUserMedia({ audio: true }).then((stream) => { // expect: require-guardian-consent Recording.stream
      voice.current = { stream };
    });
  };
  const soon = () => {
    // reason: its promise is not awaited
    void navigator.mediaDevices.getUserMedia({ audio: true }).then((stream) => { // expect: require-guardian-consent Recording.stream
      voice.current = { stream };
    });
  };
  const anyway = () => {
    // reason: the error is swallowed, or the answer lost, at four-ways-devices.tsx:129
    void navigator.mediaDevices.getUserMedia({ audio: true }).then((stream) => { // expect: require-guardian-consent Recording.stream
      voice.current = { stream };
    });
  };
  const elsewhere = () => {
    // reason: Check it before this: guardianAgrees is used by 13 other entries
    void navigator.mediaDevices.getUserMedia({ audio: true }).then((stream) => { // expect: require-guardian-consent Recording.stream
      voice.current = { stream };
    });
  };
  return (
    <div>
      <button onClick={guarded(listen)}>Voice</button>
      <button onClick={guardedAfterwards(early)}>Voice early</button>
      <button onClick={guardedSoon(soon)}>Voice soon</button>
      <button onClick={guardedAnyway(anyway)}>Voice anyway</button>
      <button onClick={elsewhere}>Voice elsewhere</button>
    </div>
  );
}

export function App() {
  return (
    <>
      <Finder />
      <Camera />
      <Microphone />
    </>
  );
}
