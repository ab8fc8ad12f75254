import { randomUUID } from "node:crypto";
import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import type { PrismaClient } from "@prisma/client";
import { config } from "../config/index.js";
import { NotFoundError } from "../lib/index.js";
import type { DocumentUpload } from "../models/index.js";

export class DocumentService {
  constructor(
    private readonly db: PrismaClient,
    private readonly s3: S3Client,
  ) {}

  async add(document: DocumentUpload): Promise<string> {
    const objectKey = `${document.childId}/${document.kind}-${randomUUID()}`;
    const put = new PutObjectCommand({
      Bucket: config.DOCUMENT_BUCKET,
      Key: objectKey,
      Body: document.content,
      ContentType: document.contentType,
    });
    await this.s3.send(put);
    const row = await this.db.document.create({
      data: { childId: document.childId, kind: document.kind, objectKey },
    });
    return row.id;
  }

  /** Takes a document off the record; used when an expired certificate was replaced. */
  async replace(id: string, document: DocumentUpload): Promise<string> {
    const old = await this.db.document.findUnique({ where: { id } });
    if (!old) throw new NotFoundError("document");
    const replacement = await this.add(document);
    await this.s3.send(new DeleteObjectCommand({ Bucket: config.DOCUMENT_BUCKET, Key: old.objectKey }));
    await this.db.document.delete({ where: { id } });
    return replacement;
  }

  async removeAll(): Promise<void> {
    const Bucket = config.DOCUMENT_BUCKET;
    const listed = await this.s3.send(new ListObjectsV2Command({ Bucket }));
    const Objects = (listed.Contents ?? []).map(({ Key }) => ({ Key }));
    if (Objects.length > 0) await this.s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
  }
}
