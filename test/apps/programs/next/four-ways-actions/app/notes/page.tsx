import { anyway, anywayWrapped, draft, early, keep, keepWrapped, soon } from "./actions";

const actions = { keep, early, soon, anyway, draft, keepWrapped, anywayWrapped };

export default function NotesPage() {
  return (
    <>
      {Object.entries(actions).map(([name, action]) => (
        <form key={name} action={action}>
          <input name="text" />
        </form>
      ))}
    </>
  );
}
