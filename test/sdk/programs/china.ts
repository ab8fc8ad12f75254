import Dysmsapi, { SendSmsRequest } from "@alicloud/dysmsapi20170525";
import { Config } from "@alicloud/openapi-client";
import { sms } from "tencentcloud-sdk-nodejs-sms";
import type { Child } from "./child.js";

const aliyun = new Dysmsapi.default(new Config({ accessKeyId: "id", accessKeySecret: "secret", endpoint: "dysmsapi.aliyuncs.com" }));
const tencent = new sms.v20210111.Client({ credential: { secretId: "id", secretKey: "key" }, region: "ap-guangzhou" });

export async function aliyunSms(child: Child): Promise<void> {
  const request = new SendSmsRequest({ phoneNumbers: child.phone, signName: "school", templateCode: "1", templateParam: JSON.stringify({ name: child.name }) });
  await aliyun.sendSms(request); // sends to Alibaba Cloud: phone, name
}

export async function tencentSms(child: Child): Promise<void> {
  await tencent.SendSms({ PhoneNumberSet: [child.phone], TemplateParamSet: [child.name], SmsSdkAppId: "1", TemplateId: "1" }); // sends to Tencent Cloud: phone, name
}

export async function quiet(child: Child): Promise<void> {
  await tencent.SendSms({ PhoneNumberSet: ["+8600000000000"], TemplateParamSet: [child.school], SmsSdkAppId: "1", TemplateId: "1" });
}
