// request: SUBMIT order {"street":"TOKEN1"}
// request: SUBMIT gift {"street":"TOKEN1"}
// request: SUBMIT sample {"street":"TOKEN1"}
// request: SUBMIT both {"street":"TOKEN1"}
// request: SUBMIT raffle {"street":"TOKEN1"}
// request: SUBMIT trial {"street":"TOKEN1"}
import type { FormEvent, ReactNode } from "react";

interface Delivery {
  /** @childData contact */
  street: string;
}

/** @guardianConsent */
function askConsent(): Promise<boolean> {
  return fetch("/api/consent")
    .then((response) => response.json())
    .then((body: { granted: boolean }) => body.granted === true);
}

const send = (path: string, delivery: Delivery): Promise<Response> =>
  fetch(`https://parcels.example/${path}`, { method: "POST", body: JSON.stringify(delivery) });

type Handler = (delivery: Delivery) => void | Promise<void>;

/** Hands on what was typed. */
function Box({ name, onDelivery }: { name: string; onDelivery: Handler }): ReactNode {
  function handleSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    void onDelivery({ street: data.get("street") as string });
  }
  return (
    <form name={name} onSubmit={handleSubmit}>
      <input name="street" />
    </form>
  );
}

/** One more level between the page and the form. */
const Framed = ({ name, onDelivery }: { name: string; onDelivery: Handler }) => (
  <fieldset>
    <legend>{name}</legend>
    <Box name={name} onDelivery={onDelivery} />
  </fieldset>
);

const order: Handler = (delivery) => {
  askConsent().then((yes) => {
    if (yes) void send("orders", delivery);
  }, console.error);
};
const gift: Handler = (delivery) => {
  void askConsent().then((yes) => {
    if (!yes) console.warn("please ask your guardian");
    return fetch("https://gifts.example", { method: "POST", body: delivery.street }); // expect: require-guardian-consent Delivery.street
  });
};
const sample: Handler = (delivery) =>
  askConsent()
    .then((yes) => {
      if (!yes) throw new Error("not without a guardian");
    })
    .then(() => send("samples", delivery))
    .then(
      () => undefined,
      () => undefined,
    );
const both: Handler = async (delivery) => {
  await Promise.all([
    askConsent(),
    fetch("https://both.example", { method: "POST", body: delivery.street }), // expect: require-guardian-consent Delivery.street
  ]);
};
const raffle: Handler = async (delivery) => {
  const [yes] = await Promise.all([askConsent(), fetch("/api/raffle/open")]);
  if (yes) await send("raffle", delivery);
};
const trial: Handler = (delivery) => {
  void askConsent().finally(() => fetch("https://trials.example", { method: "POST", body: delivery.street })); // expect: require-guardian-consent Delivery.street
};

export function App() {
  return (
    <>
      <Box name="order" onDelivery={order} />
      <Framed name="gift" onDelivery={gift} />
      <Framed name="sample" onDelivery={sample} />
      <Box name="both" onDelivery={both} />
      <Box name="raffle" onDelivery={raffle} />
      <Framed name="trial" onDelivery={trial} />
    </>
  );
}
