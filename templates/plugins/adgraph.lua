-- Blocks of equations become figures, in Pandoc and in Quarto:
--
--     ```adgraph            or ```{.adgraph view=chain}, or ```{adgraph}
--     #| view: forward
--     y = sin(a*x + b)
--     ```
--
-- All blocks of a document are given to adgraph at once; a mistake in one ends the run, with its place.
-- In the metadata, `adgraph: {theme: auto}` has options for all figures. ADGRAPH may name the program. A program that
-- runs Pandoc may say more in ADGRAPH_CALL, as JSON: the words to `call` adgraph by, the `document` that Pandoc was
-- given a copy of, `usual` options, what is to stand in the `header`, and whether solutions are `left_out`, which are
-- blocks ::: solution.

PANDOC_VERSION:must_be_at_least('3.1.2', 'adgraph needs Pandoc %s or newer, and this is Pandoc %s')

local call = pandoc.json.decode(os.getenv('ADGRAPH_CALL') or '{}', false)
local not_options = pandoc.List { 'width', 'height', 'fig-cap', 'words', 'line', 'column' } -- of draw

local packed = { docx = true, odt = true, pptx = true, epub = true, epub2 = true, epub3 = true }
local pages = { latex = true, beamer = true, context = true }
local paper = { size = 'paper' }

-- What a writer can show: vectors wherever it can.
local function format()
  if pages[FORMAT] then return 'pdf', paper end
  if FORMAT == 'docx' or FORMAT == 'odt' or FORMAT == 'pptx' then return 'png', { size = 'paper', dpi = '300' } end
  return 'svg', FORMAT == 'typst' and paper or {}
end

-- Where the pictures are: in the page, among the files that the writer packs, or beside the output.
local function place()
  local output = PANDOC_STATE.output_file
  if packed[FORMAT] or (pages[FORMAT] and output and output:match('%.pdf$')) then return 'packed' end
  if FORMAT:match('^html') or FORMAT:match('^reveal') or FORMAT == 'slidy' or FORMAT == 's5' then return 'inside' end
  return 'beside'
end

local function is_ours(block)
  return block.classes:includes('adgraph') or block.classes:includes('{adgraph}')
end

-- The options of a block as words, without what is the picture's own.
local function words(block)
  local found = { block.attributes.words }
  for key, value in pairs(block.attributes) do
    if not not_options:includes(key) then
      table.insert(found, key .. '="' .. value:gsub('"', "'") .. '"')
    end
  end
  return table.concat(found, ' ')
end

local function contents(file)
  local stream = assert(io.open(file, 'rb'))
  local data = stream:read('a')
  stream:close()
  return data
end

-- A picture where the writer finds it; `file` is in the folder that adgraph was given.
local function source(file, kind, where)
  if where == 'beside' then return file end
  local types = { svg = 'image/svg+xml', pdf = 'application/pdf', png = 'image/png' }
  local data = contents(file)
  if where == 'inside' then
    return 'data:' .. types[kind] .. ',' .. data:gsub('[^%w]', function(c) return ('%%%02X'):format(c:byte()) end)
  end
  local name = pandoc.path.filename(file)
  pandoc.mediabag.insert(name, types[kind], data)
  return name
end

-- A picture without a caption stands in the middle too, as those with one do.
local function in_the_middle(picture)
  if FORMAT == 'typst' then
    return { pandoc.RawBlock('typst', '#block(width: 100%)[#align(center)['), picture, pandoc.RawBlock('typst', ']]') }
  end
  if pages[FORMAT] and FORMAT ~= 'context' then
    return { pandoc.RawBlock('latex', '\\begin{center}'), picture, pandoc.RawBlock('latex', '\\end{center}') }
  end
  return picture
end

local function figure(block, answer, kind, where)
  local classes = block.classes:filter(function(class) return class ~= 'adgraph' and class ~= '{adgraph}' end)
  local size = { width = block.attributes.width, height = block.attributes.height }
  local caption = block.attributes['fig-cap'] or answer['fig-cap']
  local name = block.identifier ~= '' and block.identifier or answer.label or ''
  local image = pandoc.Image({ pandoc.Str(answer.alt) }, source(answer.files[kind], kind, where), '',
    pandoc.Attr(caption and '' or name, classes, size))
  if not caption then return in_the_middle(pandoc.Para { image }) end
  local said = pandoc.read(caption, 'markdown').blocks
  return pandoc.Figure(pandoc.Plain { image }, { long = said }, pandoc.Attr(name))
end

-- What is asked of adgraph: all blocks of the document at once.
local function request(doc, kind, usual, folder)
  local asked = { formats = { kind }, folder = folder, blocks = {}, usual = {} }
  asked.document = call.document or PANDOC_STATE.input_files[1] or ''
  for key, value in pairs(usual) do asked.usual[key] = value end
  for key, value in pairs(call.usual or {}) do asked.usual[key] = value end
  for key, value in pairs(doc.meta.adgraph or {}) do asked.usual[key] = pandoc.utils.stringify(value) end
  if not next(asked.usual) then asked.usual = nil end
  doc:walk { CodeBlock = function(block)
    if not is_ours(block) then return end
    table.insert(asked.blocks, { words = words(block), text = block.text,
      captioned = block.attributes['fig-cap'] ~= nil, line = tonumber(block.attributes.line),
      column = tonumber(block.attributes.column) })
  end }
  return asked
end

-- What adgraph answers; or the status with which it ends, when it has said what is wrong.
local function answers(asked)
  local program, more = os.getenv('ADGRAPH') or 'adgraph', { table.unpack(call.call or { 'embed' }) }
  local done, said = pcall(pandoc.pipe, program, more, pandoc.json.encode(asked))
  if done then return pandoc.json.decode(said, false) end
  if type(said) == 'table' and said.error_code then return nil, said.error_code end
  error(program .. ' cannot be run: pip install graphviz-ad, or say in ADGRAPH where it is')
end

-- The document with its figures; or nil and a status.
local function made(doc, folder, where)
  local kind, usual = format()
  local asked = request(doc, kind, usual, folder)
  if #asked.blocks == 0 then return doc end
  local found, status = answers(asked)
  if not found then return nil, status end
  local number = 0
  return doc:walk { CodeBlock = function(block)
    if not is_ours(block) then return nil end
    number = number + 1
    return figure(block, found[number], kind, where)
  end }
end

-- ```adgraph view=chain is a fence to others, and a paragraph of code to Pandoc, which nobody may take for a figure.
local function check(doc)
  doc:walk { Para = function(paragraph)
    local code = #paragraph.content == 1 and paragraph.content[1]
    if code and code.t == 'Code' and code.text:match('^{?%.?adgraph[%s,]+[%a-]+=') then
      local said = '"' .. code.text:sub(1, 40) .. '…" is no block to Pandoc: ```{.adgraph view=chain} is one, '
      io.stderr:write('adgraph: ', said, 'or ```adgraph with #| view: chain below it\n')
      os.exit(1)
    end
  end }
end

function Pandoc(doc)
  check(doc)
  if call.left_out then
    doc = doc:walk { Div = function(div) if div.classes:includes('solution') then return {} end end }
  end
  if call.header and FORMAT:match('^html') then
    local own = doc.meta['header-includes']
    local header = pandoc.utils.type(own) == 'List' and own or pandoc.MetaList { own }
    header:insert(pandoc.MetaBlocks { pandoc.RawBlock('html', call.header) })
    doc.meta['header-includes'] = header
  end
  local where, output = place(), PANDOC_STATE.output_file
  local found, status
  if where == 'beside' then
    found, status = made(doc, output and pandoc.path.split_extension(output) .. '-figures' or 'adgraph-figures', where)
  else
    found, status = pandoc.system.with_temporary_directory('adgraph', function(folder)
      return made(doc, folder, where)
    end)
  end
  if not found then os.exit(status) end -- without what Pandoc would add: the mistakes are named
  return found
end
