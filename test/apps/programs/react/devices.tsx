// request: CLICK Find me {"latitude":"TOKEN1","longitude":"TOKEN2"}
// request: CLICK Find me now {"latitude":"TOKEN1","longitude":"TOKEN2"}
// request: CLICK Track me {"latitude":"TOKEN1","longitude":"TOKEN2"}
// request: CLICK Take a picture {"picture":"TOKEN1"}
// request: CLICK Show myself {"picture":"TOKEN1"}
// request: CLICK Record {"picture":"TOKEN1"}
import { useEffect, useRef, useState } from "react";

/** @childData location */
interface Place {
  latitude: number;
  longitude: number;
}
interface Snapshot {
  /** @childData media */
  picture: MediaStream;
}

/** @guardianConsent */
async function guardianAgreed(): Promise<boolean> {
  const answer = await fetch("/api/consent");
  return (await answer.json()).granted === true;
}

const report = (place: Place) => fetch("/api/places", { method: "POST", body: JSON.stringify(place) });

function placeOf({ coords }: GeolocationPosition): Place {
  return { latitude: coords.latitude, longitude: coords.longitude };
}

function Finder() {
  const [place, setPlace] = useState<Place | null>(null);
  const find = async () => {
    if (!(await guardianAgreed())) return;
    navigator.geolocation.getCurrentPosition((position) => setPlace(placeOf(position)));
  };
  const findNow = () => {
    navigator.geolocation.getCurrentPosition((position) => setPlace(placeOf(position))); // expect: require-guardian-consent Place.latitude, Place.longitude
  };
  const track = () => {
    guardianAgreed();
    navigator.geolocation.watchPosition((position) => void report(placeOf(position))); // expect: require-guardian-consent Place.latitude, Place.longitude
  };
  return (
    <div>
      <p>{place === null ? "somewhere" : "here"}</p>
      <button onClick={find}>Find me</button>
      <button onClick={findNow}>Find me now</button>
      <button onClick={track}>Track me</button>
    </div>
  );
}

function Camera() {
  const shown = useRef<Snapshot | null>(null);
  const [agreed, setAgreed] = useState(false);
  useEffect(() => {
    guardianAgreed().then(setAgreed);
  }, []);

  const take = async () => {
    if (!agreed) return;
    const snapshot: Snapshot = { picture: await navigator.mediaDevices.getUserMedia({ video: true }) };
    shown.current = snapshot;
  };
  const show = async () => {
    const snapshot: Snapshot = { picture: await navigator.mediaDevices.getUserMedia({ video: true }) }; // expect: require-guardian-consent Snapshot.picture
    if (await guardianAgreed()) shown.current = snapshot;
  };
  const record = async () => {
    await guardianAgreed().catch(() => false);
    const picture = await navigator.mediaDevices.getUserMedia({ audio: true, video: true }); // expect: require-guardian-consent Snapshot.picture
    shown.current = { picture };
  };
  return (
    <div>
      <button onClick={take}>Take a picture</button>
      <button onClick={show}>Show myself</button>
      <button onClick={record}>Record</button>
    </div>
  );
}

export function App() {
  return (
    <>
      <Finder />
      <Camera />
    </>
  );
}
