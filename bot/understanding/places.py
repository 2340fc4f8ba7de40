"""Places: Canada and its cities, Quebec, and everywhere else."""

from __future__ import annotations

import re
from typing import Final

_ONTARIO_AND_WEST = (
    "ontario|toronto|gta|mississauga|brampton|ottawa|hamilton|kitchener|waterloo|windsor|kingston|guelph|markham|vaughan|scarborough|oshawa|sudbury"
    "|thunder bay|barrie|british columbia|vancouver|surrey|burnaby|victoria|kelowna|abbotsford|alberta|calgary|edmonton|red deer|lethbridge"
    "|saskatchewan|saskatoon|regina|manitoba|winnipeg|brandon|nova scotia|nouvelle-ecosse|halifax|new brunswick|nouveau-brunswick|moncton|fredericton"
    "|saint john|newfoundland|terre-neuve|st\\.? john's|prince edward island|ile-du-prince-edouard|pei|charlottetown|yukon|whitehorse|nunavut"
    "|northwest territories|yellowknife|colombie-britannique|niagara|north york|etobicoke|richmond hill|cape breton|saint-boniface"
)
_QUEBEC = "quebec|montreal|laval|gatineau|sherbrooke|trois-rivieres|longueuil|levis|saguenay"
_SCHOOLS = (
    "uoft|u of t|ubc|mcgill|uwaterloo|mcmaster|york university|ryerson|concordia|uqam|udem|dalhousie|carleton|seneca|conestoga|humber|sheridan|centennial college"
    "|george brown|fanshawe|algonquin|mohawk college|durham college|georgian college|niagara college|st\\.? clair|lambton|bcit|langara|douglas college|kwantlen|sait|nait"
    "|lakehead|laurentian|cape breton university|universite laval|universite de montreal|universite d'ottawa|hec montreal|polytechnique montreal|thompson rivers|simon fraser|sfu"
)
CANADA: Final = re.compile(
    rf"\b(?:canad(?:a|ian|ien|ienne|iens|iennes)|{_ONTARIO_AND_WEST}|{_QUEBEC}|{_SCHOOLS}|cegep)\b"
)
QUEBEC: Final = re.compile(rf"\b(?:{_QUEBEC})\b")
OUTSIDE_QUEBEC: Final = re.compile(
    rf"\b(?:{_ONTARIO_AND_WEST}|bc\b|b\.c\b|ab\b|on\b(?=$|[,.])|(?:outside|out of|except|other than|anywhere but|not(?: in)?|excluding|hors(?: du| de)?|ailleurs qu'au|a l'exterieur du|sauf|pas (?:au|a|le)) (?:the )?(?:province of )?(?:{_QUEBEC})"
    r"|rest of canada|english canada|maritimes|atlantic(?: canada| provinces)?|the prairies|western canada|canada anglais|provinces? de l'atlantique|l'ouest canadien)\b"
)
_COUNTRIES = (
    "india|pakistan|bangladesh|sri lanka|nepal|china|philippines|nigeria|ghana|kenya|uganda|ethiopia|cameroon|cameroun|egypt|egypte|morocco|maroc|algeria|algerie|tunisia|tunisie|senegal"
    "|ivory coast|cote d'ivoire|benin|togo|mali|burkina(?: faso)?|guinee|congo|rdc|gabon|madagascar|rwanda|burundi|niger|mauritania|mauritanie|south africa|zimbabwe|zambia|tanzania"
    "|mexico|mexique|brazil|bresil|colombia|colombie|argentina|argentine|chile|chili|peru|perou|venezuela|ecuador|haiti|jamaica|trinidad|cuba|dominican republic|costa rica"
    "|usa|us|u\\.s\\.?a?|united states|etats-unis|america|uk|u\\.k|united kingdom|england|scotland|wales|ireland|irlande|france|belgium|belgique|switzerland|suisse|germany|allemagne|spain|espagne|portugal|italy|italie"
    "|netherlands|pays-bas|sweden|suede|norway|denmark|finland|poland|pologne|romania|roumanie|ukraine|russia|russie|turkey|turquie|greece|grece|hungary|austria|czech republic"
    "|uae|dubai|abu dhabi|qatar|doha|saudi(?: arabia)?|arabie saoudite|ksa|riyadh|kuwait|bahrain|oman|jordan|jordanie|lebanon|liban|syria|iraq|iran|israel|yemen"
    "|japan|japon|korea|south korea|vietnam|thailand|malaysia|singapore|indonesia|hong kong|taiwan|australia|australie|new zealand|mauritius|ile maurice"
    "|mumbai|delhi|new delhi|bangalore|bengaluru|hyderabad|chennai|pune|kolkata|gurgaon|noida|ahmedabad|punjab|kerala|gujarat|karachi|lahore|islamabad|dhaka|colombo|kathmandu|manila|cebu|lagos|abuja|accra|nairobi"
    "|casablanca|rabat|alger|tunis|dakar|abidjan|douala|yaounde|kinshasa|paris|lyon|marseille|bruxelles|london|manchester|dublin|berlin|sao paulo|bogota|mexico city|lima|santiago|tehran|cairo|beirut|beyrouth|istanbul|shanghai|beijing"
)
_ABROAD_WORDS = (
    "abroad|overseas|foreign|outside(?: of)? canada|back home|home country|my country|out of canada|non[- ]canadian|hors (?:du )?canada|a l'etranger|etranger|etrangere|hors canada|a l'exterieur du canada|dans mon pays|au pays|mon pays"
    "|indian|pakistani|nigerian|filipino|french company|moroccan|algerian|tunisian|brazilian|mexican|chinese|iranian|marocaine?|algerien(?:ne)?|tunisien(?:ne)?|francaise?(?= (?:entreprise|societe))|gulf|europe|africa|afrique|asia|asie|middle east"
)
ABROAD: Final = re.compile(rf"\b(?:{_ABROAD_WORDS}|{_COUNTRIES})\b")
COUNTRY: Final = re.compile(rf"\b(?:{_COUNTRIES}|canada)\b")
