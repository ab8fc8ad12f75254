// request: SUBMIT enrol {"email":"TOKEN1","nickname":"TOKEN2"}
// request: SUBMIT quick {"email":"TOKEN1","nickname":"TOKEN2"}
// request: SUBMIT soon {"email":"TOKEN1","nickname":"TOKEN2"}
// request: SUBMIT maybe {"email":"TOKEN1","nickname":"TOKEN2"}
// request: SUBMIT draft {"email":"TOKEN1","nickname":"TOKEN2"}
// request: SUBMIT own {"email":"TOKEN1","nickname":"TOKEN2"}
import type { FormEvent, ReactNode } from "react";

/** @childData contact */
interface Child {
  email: string;
  nickname: string;
}

/** @guardianConsent */
async function guardianAgreed(): Promise<boolean> {
  const response = await fetch("/api/consent/mine");
  const { granted } = (await response.json()) as { granted: boolean };
  return granted === true;
}

const crm = "https://crm.example/v2/contacts";

function childOf(event: FormEvent<HTMLFormElement>): Child {
  event.preventDefault();
  const form = new FormData(event.currentTarget);
  return { email: String(form.get("email")), nickname: String(form.get("nickname")) };
}

function Form({ name, onSubmit }: { name: string; onSubmit: (event: FormEvent<HTMLFormElement>) => void }): ReactNode {
  return (
    <form name={name} onSubmit={onSubmit}>
      <input name="email" />
      <input name="nickname" />
    </form>
  );
}

export function App(): ReactNode {
  const enrol = async (event: FormEvent<HTMLFormElement>) => {
    const child = childOf(event);
    if (!(await guardianAgreed())) return;
    await fetch(crm, { method: "POST", body: JSON.stringify(child) });
  };
  const quick = async (event: FormEvent<HTMLFormElement>) => {
    const child = childOf(event);
    await fetch(crm, { method: "POST", body: JSON.stringify(child) }); // expect: require-guardian-consent Child.email, Child.nickname
  };
  const soon = (event: FormEvent<HTMLFormElement>) => {
    const child = childOf(event);
    if (guardianAgreed()) void fetch(crm, { method: "POST", body: JSON.stringify(child) }); // expect: require-guardian-consent Child.email, Child.nickname
  };
  const maybe = async (event: FormEvent<HTMLFormElement>) => {
    const child = childOf(event);
    try {
      if (!(await guardianAgreed())) throw new Error("please ask your guardian");
    } catch (error) {
      console.warn(error instanceof Error);
    }
    await fetch(crm, { method: "POST", body: JSON.stringify({ email: child.email }) }); // expect: require-guardian-consent Child.email
  };
  const draft = async (event: FormEvent<HTMLFormElement>) => {
    const child = childOf(event);
    await fetch("https://drafts.example/v1", { method: "PUT", body: JSON.stringify({ of: child.nickname }) }); // expect: require-guardian-consent Child.nickname
    await guardianAgreed();
  };
  // The app's own server is asked again there.
  const own = async (event: FormEvent<HTMLFormElement>) => {
    await fetch("/api/children", { method: "POST", body: JSON.stringify(childOf(event)) });
  };
  return (
    <main>
      <Form name="enrol" onSubmit={enrol} />
      <Form name="quick" onSubmit={quick} />
      <Form name="soon" onSubmit={soon} />
      <Form name="maybe" onSubmit={maybe} />
      <Form name="draft" onSubmit={draft} />
      <Form name="own" onSubmit={own} />
    </main>
  );
}
