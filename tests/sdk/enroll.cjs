// Reads, then creates or updates, one enrollment with RingCentral's SDK for JavaScript.
// node enroll.cjs SERVER CLIENT_ID CLIENT_SECRET JWT RECORDING
const { readFileSync } = require("node:fs");
const { SDK } = require("@ringcentral/sdk");

const [server, clientId, clientSecret, jwt, file] = process.argv.slice(2);
const roll = "/ai/audio/v1/enrollments";

async function main() {
  const platform = new SDK({ server, clientId, clientSecret }).platform();
  await platform.login({ jwt });
  const id = (await platform.auth().data()).owner_id + "_js";
  const body = { encoding: "Mpeg", languageCode: "en-US", content: readFileSync(file, "base64") };
  let known = true;
  try {
    await platform.get(`${roll}/${id}`);
  } catch (error) {
    if (error.response?.status !== 404 || !error.message.includes(id)) throw error;
    known = false;
  }
  const answer = known
    ? await platform.patch(`${roll}/${id}`, body)
    : await platform.post(roll, { ...body, enrollmentId: id });
  const listed = await (await platform.get(roll, { partial: true, perPage: 100, page: 1 })).json();
  if (!listed.records.some((record) => record.speakerId === id)) throw new Error("it is not listed");
  await platform.refresh();
  await platform.get(`${roll}/${id}`);
  await platform.logout();
  console.log(known ? "updated" : "created", JSON.stringify(await answer.json()));
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
