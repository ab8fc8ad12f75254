// request: SUBMIT camp {"allergies":"TOKEN1"}
// request: SUBMIT trip {"allergies":"TOKEN1"}
// request: SUBMIT lunch {"allergies":""}
// request: SUBMIT lunch {"allergies":"TOKEN1"}
// request: SUBMIT party {"allergies":"TOKEN1"}
// request: SUBMIT picnic {"allergies":"TOKEN1"}
import { useEffect } from "react";
import { Controller, useForm } from "react-hook-form";

/** @childData health */
interface Diet {
  allergies: string;
}

/** @guardianConsent */
async function isAllowed(): Promise<boolean> {
  const response = await fetch("/api/consent/health");
  return (await response.json()).granted === true;
}

const kitchen = (diet: Diet, path: string) =>
  fetch(`https://kitchen.example/${path}`, { method: "POST", body: JSON.stringify(diet) });

function Camp() {
  const form = useForm<Diet>({ defaultValues: { allergies: "" } });
  return (
    <form
      name="camp"
      onSubmit={form.handleSubmit(async (diet) => {
        if (await isAllowed()) await kitchen(diet, "camp");
        else form.setError("root", { message: "Please ask your guardian." });
      })}
    >
      <input {...form.register("allergies")} />
    </form>
  );
}

/** The check of the field asks, and the form does not listen to what it says. */
function Trip() {
  const { register, handleSubmit } = useForm<Diet>();
  const validate = async () => {
    await isAllowed();
    return true;
  };
  return (
    <form
      name="trip"
      onSubmit={handleSubmit(async (diet) => {
        await fetch("https://trips.example", { method: "POST", body: JSON.stringify(diet) }); // expect: require-guardian-consent Diet.allergies
      })}
    >
      <input {...register("allergies", { validate })} />
    </form>
  );
}

/** What is wrong is sent to somebody else, who helps with forms. */
function Lunch() {
  const { register, handleSubmit, getValues } = useForm<Diet>();
  const order = async (diet: Diet) => {
    if (!(await isAllowed())) return;
    await kitchen(diet, "lunch");
  };
  const help = () => {
    const { allergies } = getValues();
    const diet: Diet = { allergies };
    void fetch("https://forms.example/help", { method: "POST", body: JSON.stringify(diet) }); // expect: require-guardian-consent Diet.allergies
  };
  return (
    <form name="lunch" onSubmit={handleSubmit(order, help)}>
      <input {...register("allergies", { validate: (text) => text.length < 3 || "too long" })} />
    </form>
  );
}

function Party() {
  const { control, handleSubmit } = useForm<Diet>({ defaultValues: { allergies: "" } });
  const onSubmit = handleSubmit(async (diet) => {
    const granted = await isAllowed();
    if (granted) await kitchen(diet, "party");
  });
  return (
    <form name="party" onSubmit={(event) => void onSubmit(event)}>
      <Controller control={control} name="allergies" render={({ field }) => <input {...field} />} />
    </form>
  );
}

/** Each letter is kept while it is typed. */
function Picnic() {
  const { register, watch } = useForm<Diet>();
  useEffect(() => {
    const { unsubscribe } = watch((values) => {
      const diet: Diet = { allergies: values.allergies ?? "" };
      localStorage.setItem("picnic", JSON.stringify(diet)); // expect: require-guardian-consent Diet.allergies
    });
    return unsubscribe;
  }, [watch]);
  return (
    <form name="picnic">
      <input {...register("allergies")} />
    </form>
  );
}

export function App() {
  return (
    <>
      <Camp />
      <Trip />
      <Lunch />
      <Party />
      <Picnic />
    </>
  );
}
