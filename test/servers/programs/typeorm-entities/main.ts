// TypeORM: a column with a transformer, a key of the database, and a removal that the client carries on.
import "reflect-metadata";
import { createCipheriv, randomBytes } from "node:crypto";
import { Column, DataSource, Entity, ManyToOne, OneToMany, PrimaryColumn } from "typeorm";

const sealing = {
  to: (value: string): string => {
    const iv = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", Buffer.from(process.env.FIELD_KEY!, "hex"), iv);
    return Buffer.concat([iv, cipher.update(value, "utf8"), cipher.final(), cipher.getAuthTag()]).toString("hex");
  },
  from: (value: string): string => value,
};

@Entity("artists")
export class Artist {
  @PrimaryColumn("int")
  id!: number;

  /** @childData identity */
  @Column("text")
  nickname!: string;

  /** @childData contact */
  @Column("text", { transformer: sealing })
  email!: string;

  @OneToMany("Sketch", "artist", { cascade: ["insert", "remove"] })
  sketches!: unknown[];
}

@Entity("paintings")
export class Painting {
  @PrimaryColumn("int")
  id!: number;

  /** @childData content */
  @Column("text")
  title!: string;

  @ManyToOne(() => Artist, { onDelete: "CASCADE" })
  artist!: Artist;
}

@Entity("sketches")
export class Sketch {
  @PrimaryColumn("int")
  id!: number;

  /** @childData media */
  @Column("text")
  lines!: string;

  @ManyToOne(() => Artist, (artist) => artist.sketches)
  artist!: Artist;
}

@Entity("praises")
export class Praise {
  @PrimaryColumn("int")
  id!: number;

  /** @childData communication */
  @Column("text")
  message!: string;

  @ManyToOne(() => Artist, { nullable: true, onDelete: "SET NULL" })
  artist!: Artist | null;
}

const source = new DataSource({
  type: "postgres",
  url: process.env.DATABASE_URL,
  entities: [Artist, Painting, Sketch, Praise],
  synchronize: true,
});

interface Given {
  id: number;
  nickname: string;
  email: string;
  title: string;
  lines: string;
  message: string;
}

export async function keep(child: Given): Promise<void> {
  await source.initialize();
  const artist = { id: child.id };
  await source.getRepository(Artist).insert({ id: child.id, nickname: child.nickname, email: child.email });
  await source.getRepository(Painting).insert({ id: 1, title: child.title, artist });
  await source.getRepository(Sketch).insert({ id: 1, lines: child.lines, artist });
  await source.getRepository(Praise).insert({ id: 1, message: child.message, artist });
}

/** @deletionPath request */
export async function erase(id: number): Promise<void> {
  await source.initialize();
  const artists = source.getRepository(Artist);
  const artist = await artists.findOneOrFail({ where: { id }, relations: { sketches: true } });
  await artists.remove(artist);
}
