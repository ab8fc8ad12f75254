// sequelize-typescript: static hooks that seal and that delete, for the calls that run them.
import "reflect-metadata";
import { createCipheriv, randomBytes } from "node:crypto";
import {
  AfterDestroy,
  BeforeCreate,
  BelongsTo,
  Column,
  DataType,
  ForeignKey,
  HasMany,
  Model,
  PrimaryKey,
  Sequelize,
  Table,
} from "sequelize-typescript";

function seal(plain: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", Buffer.from(process.env.FIELD_KEY!, "hex"), iv);
  return Buffer.concat([iv, cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()]).toString("base64");
}

@Table({ tableName: "jugglers", timestamps: false })
export class Juggler extends Model {
  @PrimaryKey
  @Column(DataType.INTEGER)
  declare id: number;

  /** @childData contact */
  @Column(DataType.TEXT)
  declare phone: string;

  /** @childData identity */
  @Column(DataType.TEXT)
  declare stageName: string;

  @HasMany(() => Trick, { onDelete: "CASCADE" })
  declare tricks: Trick[];

  @BeforeCreate
  static protect(juggler: Juggler): void {
    juggler.phone = seal(juggler.phone);
  }

  @AfterDestroy
  static async forgetClips(juggler: Juggler): Promise<void> {
    await Clip.destroy({ where: { jugglerId: juggler.id } });
  }
}

@Table({ tableName: "tricks", timestamps: false })
export class Trick extends Model {
  /** @childData content */
  @Column(DataType.TEXT)
  declare title: string;

  @ForeignKey(() => Juggler)
  @Column(DataType.INTEGER)
  declare jugglerId: number;

  @BelongsTo(() => Juggler)
  declare juggler: Juggler;
}

@Table({ tableName: "clips", timestamps: false })
export class Clip extends Model {
  /** @childData media */
  @Column(DataType.TEXT)
  declare url: string;

  @Column(DataType.INTEGER)
  declare jugglerId: number;
}

const sequelize = new Sequelize(process.env.DATABASE_URL!, { logging: false, models: [Juggler, Trick, Clip] });

interface Given {
  id: number;
  phone: string;
  stageName: string;
  title: string;
  url: string;
}

export async function keep(child: Given): Promise<void> {
  await sequelize.sync({ force: true });
  await Juggler.create({ id: child.id, phone: child.phone, stageName: child.stageName });
  await Trick.create({ title: child.title, jugglerId: child.id });
  await Clip.create({ url: child.url, jugglerId: child.id });
}

/** @deletionPath request */
export async function erase(id: number): Promise<void> {
  const juggler = await Juggler.findByPk(id);
  await juggler?.destroy();
}

/** @deletionPath request */
export async function leave(id: number): Promise<void> {
  await Juggler.destroy({ where: { id } });
}
