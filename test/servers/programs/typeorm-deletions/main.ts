// TypeORM: rows that are hidden, removed one by one, or deleted by a statement; keys of the database go with any.
import "reflect-metadata";
import { createHmac } from "node:crypto";
import {
  BeforeInsert,
  Column,
  DataSource,
  DeleteDateColumn,
  Entity,
  ManyToOne,
  OneToMany,
  PrimaryColumn,
  PrimaryGeneratedColumn,
} from "typeorm";

@Entity("players")
export class Player {
  @PrimaryColumn("int")
  id!: number;

  /** @childData identity */
  @Column("text")
  alias!: string;

  /** @childData contact */
  @Column("text")
  phone!: string;

  @DeleteDateColumn()
  deletedAt!: Date | null;

  @OneToMany("Move", "player", { cascade: true })
  moves!: unknown[];

  @BeforeInsert()
  hide(): void {
    this.phone = createHmac("sha256", process.env.FIELD_KEY!).update(this.phone).digest("hex");
  }
}

@Entity("moves")
export class Move {
  @PrimaryGeneratedColumn()
  id!: number;

  /** @childData behaviour */
  @Column("text")
  notation!: string;

  @ManyToOne(() => Player, (player) => player.moves)
  player!: Player;
}

@Entity("prizes")
export class Prize {
  @PrimaryGeneratedColumn()
  id!: number;

  /** @childData education */
  @Column("text")
  title!: string;

  @ManyToOne(() => Player, { onDelete: "CASCADE" })
  player!: Player;
}

const source = new DataSource({
  type: "postgres",
  url: process.env.DATABASE_URL,
  entities: [Player, Move, Prize],
  synchronize: true,
});

interface Given {
  id: number;
  alias: string;
  phone: string;
  notation: string;
  title: string;
}

export async function keep(child: Given): Promise<void> {
  const { manager } = await source.initialize();
  const player = manager.create(Player, { id: child.id, alias: child.alias, phone: child.phone });
  await manager.save(player);
  await manager.insert(Move, { notation: child.notation, player: { id: child.id } });
  await manager.createQueryBuilder().insert().into(Prize).values({ title: child.title, player: { id: child.id } }).execute();
}

/** @deletionPath request */
export async function hide(id: number): Promise<void> {
  const { manager } = await source.initialize();
  await manager.softDelete(Player, { id });
}

/** @deletionPath request */
export async function leave(id: number): Promise<void> {
  const { manager } = await source.initialize();
  await manager.delete(Move, { player: { id } });
  await manager.createQueryBuilder().softDelete().from(Player).where("id = :id", { id }).execute();
}

/** @deletionPath request */
export async function forget(id: number): Promise<void> {
  const { manager } = await source.initialize();
  await manager.createQueryBuilder().delete().from(Prize).where({ player: { id } }).execute();
}
