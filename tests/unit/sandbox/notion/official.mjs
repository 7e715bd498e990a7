// Reads and writes the look-alike with Notion's official JavaScript client, and prints what it saw as JSON.
import { createRequire } from "node:module";

const require = createRequire(process.argv[2] + "/");
const notion = require("@notionhq/client");
const { url, token, source, database, page, long } = JSON.parse(process.argv[3]);
const options = { baseUrl: url, notionVersion: "2026-03-11", retry: false, logLevel: notion.LogLevel.ERROR };
const client = new notion.Client({ ...options, auth: token });
const told = {};

const refused = async (ask) => {
  try {
    await ask();
    return "no refusal";
  } catch (error) {
    return notion.APIResponseError.isAPIResponseError(error) ? error.code : error.constructor.name;
  }
};
const text = (content) => [{ text: { content } }];

told.me = (await client.users.me({})).type;
told.users = (await notion.collectPaginatedAPI(client.users.list, { page_size: 1 })).map((one) => one.name);
told.found = (await client.search({ filter: { property: "object", value: "data_source" } })).results.map((one) => one.id);
told.sources = (await client.databases.retrieve({ database_id: database })).data_sources.map((one) => one.id);
const columns = (await client.dataSources.retrieve({ data_source_id: source })).properties;
told.columns = Object.keys(columns).sort();
const rows = await notion.collectAllDataSourceRows(client, { data_source_id: source, page_size: 2 });
told.rows = rows.length;
told.full = rows.every(notion.isFullPage);
const cut = await client.pages.retrieve({ page_id: long });
told.shown = cut.properties["Bloqué par"].relation.length;
told.more = cut.properties["Bloqué par"].has_more;
told.whole = (await notion.collectPaginatedAPI(client.pages.properties.retrieve, {
  page_id: long,
  property_id: cut.properties["Bloqué par"].id,
})).length;
const views = (await client.views.list({ data_source_id: source })).results;
told.arrows = (await client.views.retrieve({ view_id: views[0].id })).configuration.arrows_by.property_id;
told.related = columns["Bloqué par"].id;

const made = await client.dataSources.update({
  data_source_id: source,
  properties: { "retro · au plus tard": { date: {} }, "retro · à revoir": { rich_text: {} } },
});
told.made = Object.keys(made.properties).length - told.columns.length;
const written = await client.pages.update({
  page_id: page,
  properties: {
    "retro · au plus tard": { date: { start: "2027-01-08" } },
    "retro · à revoir": { rich_text: text("DAT103") },
    Nom: { title: text("Brief revu") },
  },
});
told.written = written.properties["retro · au plus tard"].date.start;
told.title = written.properties.Nom.title[0].plain_text;

const said = await client.comments.create({ parent: { page_id: page }, rich_text: text("À revoir") });
told.listed = (await client.comments.list({ block_id: page })).results.length;
told.edited = (await client.comments.update({ comment_id: said.id, rich_text: text("Encore") })).rich_text[0].plain_text;
told.again = (await client.comments.retrieve({ comment_id: said.id })).id === said.id;
await client.comments.delete({ comment_id: said.id });
told.left = (await client.comments.list({ block_id: page })).results.length;

const stranger = new notion.Client({ ...options, auth: "ntn_wrong" });
told.wrong = await refused(() => stranger.users.me({}));
told.absent = await refused(() => client.pages.retrieve({ page_id: "00000000-0000-4000-8000-000000000000" }));
told.page = await refused(() => client.databases.retrieve({ database_id: page }));
told.unknown = await refused(() => client.pages.update({ page_id: page, properties: { Absente: { checkbox: true } } }));
for (const fault of ["conflict", "limited", "slow", "html", "busy"]) {
  told[fault] = await refused(() => client.pages.retrieve({ page_id: page }));
}
console.log(JSON.stringify(told));
