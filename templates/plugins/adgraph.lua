-- Blocks of equations become figures, in Pandoc and in Quarto:
--
--     ```adgraph            or ```{.adgraph view=chain}, or ```{adgraph}
--     #| view: forward
--     y = sin(a*x + b)
--     ```
--
-- All blocks of a document are given to adgraph at once; a mistake in one ends the run, with its place.
-- In the metadata, `adgraph: {theme: auto}` has options for all figures. ADGRAPH may name the program.

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
  local found = {}
  for key, value in pairs(block.attributes) do
    if key ~= 'width' and key ~= 'height' and key ~= 'fig-cap' then
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

local function figure(block, answer, kind, where)
  local classes = block.classes:filter(function(class) return class ~= 'adgraph' and class ~= '{adgraph}' end)
  local size = { width = block.attributes.width, height = block.attributes.height }
  local caption = block.attributes['fig-cap'] or answer['fig-cap']
  local name = block.identifier ~= '' and block.identifier or answer.label or ''
  local image = pandoc.Image({ pandoc.Str(answer.alt) }, source(answer.files[kind], kind, where), '',
    pandoc.Attr(caption and '' or name, classes, size))
  if not caption then return pandoc.Para { image } end
  local said = pandoc.read(caption, 'markdown').blocks
  return pandoc.Figure(pandoc.Plain { image }, { long = said }, pandoc.Attr(name))
end

local function made(doc, folder, where)
  local kind, usual = format()
  local asked = { formats = { kind }, folder = folder, document = PANDOC_STATE.input_files[1] or '', blocks = {} }
  asked.usual = {}
  for key, value in pairs(usual) do asked.usual[key] = value end
  for key, value in pairs(doc.meta.adgraph or {}) do asked.usual[key] = pandoc.utils.stringify(value) end
  doc:walk { CodeBlock = function(block)
    if is_ours(block) then
      local captioned = block.attributes['fig-cap'] ~= nil
      table.insert(asked.blocks, { words = words(block), text = block.text, captioned = captioned })
    end
  end }
  if #asked.blocks == 0 then return doc end
  if not next(asked.usual) then asked.usual = nil end
  local answers = pandoc.json.decode(
    pandoc.pipe(os.getenv('ADGRAPH') or 'adgraph', { 'embed' }, pandoc.json.encode(asked)), false)
  local number = 0
  return doc:walk { CodeBlock = function(block)
    if not is_ours(block) then return nil end
    number = number + 1
    return figure(block, answers[number], kind, where)
  end }
end

function Pandoc(doc)
  local where = place()
  if where ~= 'beside' then
    return pandoc.system.with_temporary_directory('adgraph', function(folder) return made(doc, folder, where) end)
  end
  local output = PANDOC_STATE.output_file
  return made(doc, output and pandoc.path.split_extension(output) .. '-figures' or 'adgraph-figures', where)
end
