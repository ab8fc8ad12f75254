// request: CLICK Start the hunt {"latitude":"TOKEN1","longitude":"TOKEN2"}
// request: CLICK Start at once {"latitude":"TOKEN1","longitude":"TOKEN2"}
// request: CLICK Record my voice {"stream":"TOKEN1"}
// request: CLICK Join the call {"stream":"TOKEN1"}
// request: CLICK Show the map {"latitude":"TOKEN1","longitude":"TOKEN2"}
import { useEffect, useRef, useState } from "react";

/** @childData location */
interface Position {
  latitude: number;
  longitude: number;
}
interface Recording {
  /** @childData biometric */
  stream: MediaStream;
}

/** @guardianConsent */
async function guardianAllows(what: string): Promise<boolean> {
  const answer = await fetch(`/api/consent/${what}`);
  return (await answer.json()).granted === true;
}

const currentPosition = (): Promise<GeolocationPosition> =>
  new Promise((resolve, reject) => {
    navigator.geolocation.getCurrentPosition(resolve, reject);
  });
const positionNow = (): Promise<Position> =>
  new Promise((resolve, reject) =>
    navigator.geolocation.getCurrentPosition(({ coords }) => resolve({ latitude: coords.latitude, longitude: coords.longitude }), reject), // expect: require-guardian-consent Position.latitude, Position.longitude
  );

function TreasureHunt() {
  const [position, setPosition] = useState<Position>();
  async function start() {
    if (await guardianAllows("position")) {
      const { coords } = await currentPosition();
      setPosition({ latitude: coords.latitude, longitude: coords.longitude });
    }
  }
  async function startAtOnce() {
    const found = await positionNow();
    if (await guardianAllows("position")) setPosition(found);
  }
  return (
    <div data-found={position !== undefined}>
      <button onClick={() => void start()}>Start the hunt</button>
      <button onClick={() => void startAtOnce()}>Start at once</button>
    </div>
  );
}

function Studio() {
  const recording = useRef<Recording>(null);
  const record = async () => {
    try {
      if (!(await guardianAllows("voice"))) throw new Error("Ask your guardian first.");
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      recording.current = { stream };
    } catch (error) {
      console.warn(error instanceof Error ? error.message : "it did not work");
    }
  };
  const join = () => {
    navigator.mediaDevices // expect: require-guardian-consent Recording.stream
      .getUserMedia({ video: true, audio: true })
      .then((stream) => {
        recording.current = { stream };
        return guardianAllows("video");
      })
      .catch(() => undefined);
  };
  return (
    <>
      <button onClick={record}>Record my voice</button>
      <button onClick={join}>Join the call</button>
    </>
  );
}

/** Begins to watch where somebody is as soon as the map is shown. */
function HuntMap() {
  const [path, setPath] = useState<Position[]>([]);
  useEffect(() => {
    const id = navigator.geolocation.watchPosition(({ coords }) => { // expect: require-guardian-consent Position.latitude, Position.longitude
      setPath((before) => [...before, { latitude: coords.latitude, longitude: coords.longitude }]);
    });
    return () => navigator.geolocation.clearWatch(id);
  }, []);
  return <p>{path.length} places</p>;
}

function GuardedMap() {
  const [isAllowed, setIsAllowed] = useState(false);
  const [path, setPath] = useState<Position[]>([]);
  useEffect(() => {
    void guardianAllows("map").then(setIsAllowed);
  }, []);
  useEffect(() => {
    if (!isAllowed) return undefined;
    const id = navigator.geolocation.watchPosition(({ coords: { latitude, longitude } }) => {
      setPath((before) => before.concat({ latitude, longitude }));
    });
    return () => navigator.geolocation.clearWatch(id);
  }, [isAllowed]);
  return <p>{path.length} places</p>;
}

export function App() {
  const [isMapShown, setIsMapShown] = useState(false);
  return (
    <>
      <TreasureHunt />
      <Studio />
      <button onClick={() => setIsMapShown(true)}>Show the map</button>
      {isMapShown && <HuntMap />}
      {isMapShown && <GuardedMap />}
    </>
  );
}
