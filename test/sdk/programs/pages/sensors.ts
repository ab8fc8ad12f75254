import sensors from "sa-sdk-javascript";
import type { Child } from "../child.js";

sensors.init({ server_url: "https://school.datasink.sensorsdata.cn/sa?project=lessons", send_type: "ajax", show_log: false });

export function track(child: Child): void {
  sensors.track("enrolled", { name: child.name, school: child.school }); // sends to Sensors Data: name
}

export function login(child: Child): void {
  sensors.login(child.id); // sends to Sensors Data: id
}

export function profile(child: Child): void {
  sensors.setProfile({ email: child.email }); // sends to Sensors Data: email
  sensors.setOnceProfile({ phone: child.phone }); // sends to Sensors Data: phone
  sensors.appendProfile({ notes: [child.note] }); // sends to Sensors Data: note
}

export function register(child: Child): void {
  sensors.registerPage({ note: child.note }); // sends to Sensors Data: note
  sensors.track("lesson");
  sensors.clearPageRegister(["note"]);
}

export function identify(child: Child): void {
  sensors.identify(child.email, true); // sends to Sensors Data: email
  sensors.track("known");
}

export function quiet(child: Child): void {
  sensors.track("lesson", { school: child.school, length: child.name.length });
}
