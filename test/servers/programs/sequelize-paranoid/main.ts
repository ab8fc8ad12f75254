// Sequelize: rows that are hidden unless they are forced out, a hook and a setter that seal, associations and statements.
import { createCipheriv, randomBytes } from "node:crypto";
import { DataTypes, Model, QueryTypes, Sequelize } from "sequelize";

function seal(plain: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", Buffer.from(process.env.FIELD_KEY!, "hex"), iv);
  return Buffer.concat([iv, cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()]).toString("base64");
}

export interface Child {
  id: number;
  /** @childData identity */
  name: string;
  /** @childData contact */
  phone: string;
  /** @childData health */
  injury: string;
  /** @childData location */
  place: string;
  /** @childData content */
  report: string;
}

const sequelize = new Sequelize(process.env.DATABASE_URL!, { logging: false });

class Runner extends Model {
  declare id: number;
  declare name: string;
  declare phone: string;
}
Runner.init(
  { id: { type: DataTypes.INTEGER, primaryKey: true }, name: DataTypes.TEXT, phone: DataTypes.TEXT },
  {
    sequelize,
    tableName: "runners",
    paranoid: true,
    hooks: {
      beforeCreate: (runner) => {
        runner.phone = seal(runner.phone);
      },
    },
  },
);

class Injury extends Model {}
Injury.init({ what: DataTypes.TEXT, runnerId: DataTypes.INTEGER }, { sequelize, tableName: "injuries" });

class Run extends Model {}
Run.init({ place: DataTypes.TEXT }, { sequelize, tableName: "runs" });
Runner.hasMany(Run, { foreignKey: { name: "runnerId", allowNull: false }, onDelete: "CASCADE" });

export async function keep(child: Child): Promise<void> {
  await sequelize.sync({ force: true });
  await sequelize.query("CREATE TABLE reports (runner int, words text)");
  await Runner.create({ id: child.id, name: child.name, phone: child.phone });
  await Injury.bulkCreate([{ what: seal(child.injury), runnerId: child.id }]);
  await Run.create({ place: child.place, runnerId: child.id });
  await sequelize.query("INSERT INTO reports (runner, words) VALUES (:id, :words)", {
    replacements: { id: child.id, words: child.report },
    type: QueryTypes.INSERT,
  });
}

/** @deletionPath request */
export async function hide(id: number): Promise<void> {
  await Runner.destroy({ where: { id } });
  await sequelize.query("UPDATE reports SET words = NULL WHERE runner = $1", { bind: [id] });
}

/** @deletionPath request */
export async function leave(id: number): Promise<void> {
  await Runner.destroy({ where: { id }, force: true });
}
