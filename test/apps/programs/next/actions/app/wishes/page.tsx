// request: FORM /wishes [cookie: guardian=g1] {"wish":"TOKEN1"}
import { isAgreed, pool } from "../consent";

interface Wish {
  /** @childData content */
  wish: string;
}

/** That the page asked when it was shown says nothing about who sends the form later. */
export default async function WishesPage() {
  const agreed = await isAgreed();

  async function add(form: FormData) {
    "use server";
    const wish: Wish = { wish: String(form.get("wish")) };
    await pool.query("INSERT INTO wishes (wish) VALUES ($1)", [wish.wish]); // expect: require-guardian-consent Wish.wish
  }

  return (
    <section>
      {agreed ? <p>Welcome back</p> : <p>Please ask your guardian</p>}
      <form action={add}>
        <textarea name="wish" />
      </form>
    </section>
  );
}
