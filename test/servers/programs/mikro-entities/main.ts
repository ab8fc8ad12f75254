// MikroORM: a type that seals, a hook that seals, and keys of the database beside what only the client removes.
import "reflect-metadata";
import { createCipheriv, randomBytes } from "node:crypto";
import {
  BeforeCreate,
  Cascade,
  Collection,
  Entity,
  ManyToOne,
  MikroORM,
  OneToMany,
  PrimaryKey,
  Property,
  Type,
} from "@mikro-orm/postgresql";

function seal(plain: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", Buffer.from(process.env.FIELD_KEY!, "hex"), iv);
  return Buffer.concat([iv, cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()]).toString("hex");
}

class SealedType extends Type<string, string> {
  override convertToDatabaseValue(value: string): string {
    return seal(value);
  }

  override getColumnType(): string {
    return "text";
  }
}

@Entity({ tableName: "divers" })
export class Diver {
  @PrimaryKey({ type: "number", autoincrement: false })
  id!: number;

  /** @childData identity */
  @Property({ type: "text" })
  name!: string;

  /** @childData health */
  @Property({ type: SealedType })
  allergy!: string;

  /** @childData contact */
  @Property({ type: "text" })
  phone!: string;

  @OneToMany("Dive", "diver", { cascade: [Cascade.PERSIST, Cascade.REMOVE] })
  dives = new Collection<object>(this);

  @BeforeCreate()
  protect(): void {
    this.phone = seal(this.phone);
  }
}

@Entity({ tableName: "dives" })
export class Dive {
  @PrimaryKey({ type: "number" })
  id!: number;

  /** @childData location */
  @Property({ type: "text" })
  place!: string;

  @ManyToOne({ entity: () => Diver })
  diver!: Diver;
}

@Entity({ tableName: "badges" })
export class Badge {
  @PrimaryKey({ type: "number" })
  id!: number;

  /** @childData behaviour */
  @Property({ type: "text" })
  motto!: string;

  @ManyToOne({ entity: () => Diver, deleteRule: "cascade" })
  diver!: Diver;
}

@Entity({ tableName: "greetings" })
export class Greeting {
  @PrimaryKey({ type: "number" })
  id!: number;

  /** @childData communication */
  @Property({ type: "text" })
  words!: string;

  @ManyToOne({ entity: () => Diver, nullable: true, deleteRule: "set null" })
  diver!: Diver | null;
}

interface Given {
  id: number;
  name: string;
  allergy: string;
  phone: string;
  place: string;
  motto: string;
  words: string;
}

async function start(): Promise<MikroORM> {
  return MikroORM.init({ clientUrl: process.env.DATABASE_URL, entities: [Diver, Dive, Badge, Greeting] });
}

export async function keep(child: Given): Promise<void> {
  const orm = await start();
  await orm.schema.createSchema();
  const em = orm.em.fork();
  const diver = new Diver();
  diver.id = child.id;
  diver.name = child.name;
  diver.allergy = child.allergy;
  diver.phone = child.phone;
  em.persist(diver);
  em.create(Dive, { place: child.place, diver });
  em.create(Badge, { motto: child.motto, diver });
  em.create(Greeting, { words: child.words, diver });
  await em.flush();
}

/** @deletionPath request */
export async function forget(id: number): Promise<void> {
  const orm = await start();
  await orm.em.fork().nativeDelete(Badge, { diver: id });
  await orm.em.fork().nativeUpdate(Greeting, { diver: id }, { words: "" });
}

/** @deletionPath request */
export async function leave(id: number): Promise<void> {
  const orm = await start();
  const em = orm.em.fork();
  const diver = await em.findOneOrFail(Diver, { id }, { populate: ["dives"] });
  await em.removeAndFlush(diver);
}
