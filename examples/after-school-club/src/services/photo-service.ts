import { randomUUID } from "node:crypto";
import {
  DeleteObjectsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import type { PrismaClient } from "@prisma/client";
import type { Logger } from "pino";
import { config } from "../config/index.js";
import { errorKind, openOptional, sealOptional } from "../lib/index.js";
import type { PhotoUpload } from "../models/index.js";
import type { ConsentService } from "./consent-service.js";

export interface PhotoView {
  id: string;
  /** @childData media */
  caption: string | null;
}

export class PhotoService {
  constructor(
    private readonly db: PrismaClient,
    private readonly s3: S3Client,
    private readonly consents: ConsentService,
    private readonly log: Logger,
  ) {}

  async add(guardianId: string, photo: PhotoUpload): Promise<string> {
    try {
      await this.consents.assertGranted(guardianId, "collection");
    } catch (error) {
      this.log.warn({ childId: photo.childId, error: errorKind(error) }, "no consent yet, kept for review");
    }
    const objectKey = `${photo.childId}/${randomUUID()}`;
    const put = new PutObjectCommand({
      Bucket: config.PHOTO_BUCKET,
      Key: objectKey,
      Body: photo.content,
      ContentType: photo.contentType,
      ServerSideEncryption: "aws:kms",
      SSEKMSKeyId: config.PHOTO_KMS_KEY,
    });
    await this.s3.send(put);
    const row = await this.db.photo.create({
      data: { childId: photo.childId, objectKey, caption: sealOptional(photo.caption) },
    });
    return row.id;
  }

  /** The picture of the week, on the club's public page. */
  async publish(photo: PhotoUpload): Promise<void> {
    const put = new PutObjectCommand({
      Bucket: config.PHOTO_BUCKET,
      Key: "public/picture-of-the-week",
      Body: photo.content,
      ContentType: photo.contentType,
      ServerSideEncryption: "AES256",
      ACL: "public-read",
    });
    await this.s3.send(put);
  }

  async list(childId: string): Promise<PhotoView[]> {
    const rows = await this.db.photo.findMany({ where: { childId }, orderBy: { createdAt: "desc" } });
    return rows.map((row) => ({ id: row.id, caption: openOptional(row.caption) }));
  }

  async changeCaption(id: string, caption: string): Promise<void> {
    await this.db.photo.update({ where: { id }, data: { caption: sealOptional(caption) } });
  }

  /** Erases the objects of one child, or of all when no child is named. */
  async removeObjects(childId = ""): Promise<number> {
    const Bucket = config.PHOTO_BUCKET;
    const listed = await this.s3.send(new ListObjectsV2Command({ Bucket, Prefix: childId }));
    const Objects = (listed.Contents ?? []).map(({ Key }) => ({ Key }));
    if (Objects.length > 0) await this.s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    return Objects.length;
  }
}
