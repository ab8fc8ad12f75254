// request: SUBMIT contest {"story":"TOKEN1"}
// request: SUBMIT checked {"story":"TOKEN1"}
// request: SUBMIT loose {"story":"TOKEN1"}
// request: SUBMIT action {"story":"TOKEN1"}
// request: SUBMIT open-action {"story":"TOKEN1"}
import { useForm, type SubmitHandler } from "react-hook-form";

interface Entry {
  /** @childData content */
  story: string;
}

const publisher = "https://publisher.example/stories";

/** @guardianConsent */
async function assertAgreed(): Promise<void> {
  const { granted } = await (await fetch("/api/consents/current")).json();
  if (granted !== true) throw new Error("a guardian has to agree");
}

function ContestForm() {
  const { register, handleSubmit, setError } = useForm<Entry>();
  const send: SubmitHandler<Entry> = async (entry) => {
    try {
      await assertAgreed();
      await fetch(publisher, { method: "POST", body: JSON.stringify(entry) });
    } catch {
      setError("story", { message: "Please ask your guardian." });
    }
  };
  return (
    <form name="contest" onSubmit={handleSubmit(send)}>
      <textarea {...register("story", { required: true })} />
    </form>
  );
}

/** What a field's check says no to is not sent. */
function CheckedForm() {
  const { register, handleSubmit } = useForm<Entry>();
  const validate = () =>
    assertAgreed().then(
      () => true,
      () => "Please ask your guardian.",
    );
  return (
    <form
      name="checked"
      onSubmit={handleSubmit(async ({ story }) => {
        await fetch(publisher, { method: "POST", body: story });
      })}
    >
      <textarea {...register("story", { validate })} />
    </form>
  );
}

function LooseForm() {
  const { register, handleSubmit } = useForm<Entry>();
  const onSubmit = handleSubmit(async (entry) => {
    assertAgreed().catch(() => console.warn("please ask your guardian"));
    await fetch(publisher, { method: "POST", body: JSON.stringify({ text: entry.story }) }); // expect: require-guardian-consent Entry.story
  });
  return (
    <form name="loose" onSubmit={onSubmit}>
      <textarea {...register("story")} />
    </form>
  );
}

function ActionForms() {
  async function send(form: FormData) {
    await assertAgreed();
    const entry: Entry = { story: String(form.get("story")) };
    await fetch(publisher, { method: "POST", body: JSON.stringify(entry) });
  }
  return (
    <>
      <form name="action" action={(form) => send(form).catch(() => undefined)}>
        <textarea name="story" />
      </form>
      <form
        name="open-action"
        action={async (form: FormData) => {
          const entry: Entry = { story: String(form.get("story")) };
          await fetch(publisher, { method: "POST", body: JSON.stringify(entry) }); // expect: require-guardian-consent Entry.story
        }}
      >
        <textarea name="story" />
      </form>
    </>
  );
}

export function App() {
  return (
    <>
      <ContestForm />
      <CheckedForm />
      <LooseForm />
      <ActionForms />
    </>
  );
}
